/**
 * A fleet on one machine, to try out and to test what happens when parts of it fail: PostgreSQL,
 * admin nodes and gateway nodes, each a process of its own. Uses the sample gateway and the local
 * PostgreSQL; nothing uses it.
 */
@NullMarked
package dev.intermission.fleet;

import org.jspecify.annotations.NullMarked;

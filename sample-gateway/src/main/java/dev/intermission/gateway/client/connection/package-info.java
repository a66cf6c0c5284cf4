/**
 * How a command reaches the management API: contexts and their file, tokens, fail-over between
 * admin nodes, and what may be sent twice.
 */
@NullMarked
package dev.intermission.gateway.client.connection;

import org.jspecify.annotations.NullMarked;

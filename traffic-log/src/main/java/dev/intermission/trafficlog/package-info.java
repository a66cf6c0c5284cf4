/**
 * The traffic log: where records go, and which exchanges get one. Knows no server; a gateway hands
 * it what it has captured.
 */
@NullMarked
package dev.intermission.trafficlog;

import org.jspecify.annotations.NullMarked;

/**
 * What a process that runs for months needs, and the JDK does not have: background threads that
 * survive every failure, pauses that grow, log lines that come once a minute at most, and files
 * that only their owner can read. Knows nothing of maintenance mode. Uses SLF4J.
 */
@NullMarked
package dev.intermission.runtime;

import org.jspecify.annotations.NullMarked;

/**
 * The comparison: Intermission's fronts, what they could be at best, what one would write in an
 * hour, and other servers give the same answer to the same load, in turns. {@link
 * dev.intermission.bench.compare.ServeMain} is what is measured, {@link
 * dev.intermission.bench.compare.CompareMain} measures. Uses the gate and its fronts, Jetty,
 * picocli, and of the load generator only its command.
 */
@NullMarked
package dev.intermission.bench.compare;

import org.jspecify.annotations.NullMarked;

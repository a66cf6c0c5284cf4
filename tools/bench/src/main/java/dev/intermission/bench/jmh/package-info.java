/**
 * JMH benchmarks of the hot path's parts. Uses the public API of the gate only, as a front does.
 */
@NullMarked
package dev.intermission.bench.jmh;

import org.jspecify.annotations.NullMarked;

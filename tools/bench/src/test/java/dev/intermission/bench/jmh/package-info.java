/** Tests that the benchmarks run. */
@NullMarked
package dev.intermission.bench.jmh;

import org.jspecify.annotations.NullMarked;

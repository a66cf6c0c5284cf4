/** Tests of the load generator against real servers. */
@NullMarked
package dev.intermission.bench.load;

import org.jspecify.annotations.NullMarked;

/** Tests of the comparison: the contenders themselves, and how they are measured. */
@NullMarked
package dev.intermission.bench.compare;

import org.jspecify.annotations.NullMarked;

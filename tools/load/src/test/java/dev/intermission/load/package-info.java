/** Tests of the load generator. */
@NullMarked
package dev.intermission.load;

import org.jspecify.annotations.NullMarked;

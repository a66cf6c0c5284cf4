/** Tests of the store through real databases. */
@NullMarked
package dev.intermission.store;

import org.jspecify.annotations.NullMarked;

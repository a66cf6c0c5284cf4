/** Tests of the gate and its servlet front. */
@NullMarked
package dev.intermission.filter;

import org.jspecify.annotations.NullMarked;

/** Tests of the gate, and the behaviour that every front has. */
@NullMarked
package dev.intermission.gate;

import org.jspecify.annotations.NullMarked;

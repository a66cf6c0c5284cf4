/** Tests of a whole fleet of processes, with parts of it failing. */
@NullMarked
package dev.intermission.fleet;

import org.jspecify.annotations.NullMarked;

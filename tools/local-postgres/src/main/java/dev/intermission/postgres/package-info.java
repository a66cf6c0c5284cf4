/**
 * A real PostgreSQL on this machine, from an artifact of Maven: for tests, and for trying out a
 * fleet. Not for production. Uses the JDK and a decompressor, knows nothing of the rest.
 */
@NullMarked
package dev.intermission.postgres;

import org.jspecify.annotations.NullMarked;

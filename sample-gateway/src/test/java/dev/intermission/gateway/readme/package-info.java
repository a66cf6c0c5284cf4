/** Compiles and runs what the README shows. */
@NullMarked
package dev.intermission.gateway.readme;

import org.jspecify.annotations.NullMarked;

/** Tests with real servers. */
@NullMarked
package dev.intermission.postgres;

import org.jspecify.annotations.NullMarked;

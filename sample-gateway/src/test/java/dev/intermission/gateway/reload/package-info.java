/** Tests of reading the configuration again. */
@NullMarked
package dev.intermission.gateway.reload;

import org.jspecify.annotations.NullMarked;

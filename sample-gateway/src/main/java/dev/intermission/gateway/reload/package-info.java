/** Reading the configuration again while the gateway runs. */
@NullMarked
package dev.intermission.gateway.reload;

import org.jspecify.annotations.NullMarked;

/** Generated exchanges, compared at both ends of the gateway. */
@NullMarked
package dev.intermission.gateway.proxy.transparency;

import org.jspecify.annotations.NullMarked;

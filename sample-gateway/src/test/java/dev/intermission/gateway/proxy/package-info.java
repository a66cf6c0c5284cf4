/** Tests of the reverse proxy. */
@NullMarked
package dev.intermission.gateway.proxy;

import org.jspecify.annotations.NullMarked;

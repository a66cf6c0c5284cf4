/**
 * What the demo has that a gateway has not: a configuration with nothing prepared, and an upstream
 * of its own that counts its requests.
 */
@NullMarked
package dev.intermission.gateway.demo;

import org.jspecify.annotations.NullMarked;

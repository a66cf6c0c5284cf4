/** The gateway before real servers: none is told of a request for an API that is closed. */
@NullMarked
package dev.intermission.gateway.backends;

import org.jspecify.annotations.NullMarked;

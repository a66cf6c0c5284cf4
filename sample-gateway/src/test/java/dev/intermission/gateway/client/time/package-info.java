/** Times as operators type them. */
@NullMarked
package dev.intermission.gateway.client.time;

import org.jspecify.annotations.NullMarked;

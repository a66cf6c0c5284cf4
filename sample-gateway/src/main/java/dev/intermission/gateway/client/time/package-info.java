/** Times and durations as operators type them, and as they are shown. */
@NullMarked
package dev.intermission.gateway.client.time;

import org.jspecify.annotations.NullMarked;

/** Tests of the feed between processes. */
@NullMarked
package dev.intermission.feed;

import org.jspecify.annotations.NullMarked;

/** Tests of the admin node's end of the feed. */
@NullMarked
package dev.intermission.feed.server;

import org.jspecify.annotations.NullMarked;

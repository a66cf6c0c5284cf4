/** Tests of the node's end of the feed. */
@NullMarked
package dev.intermission.feed.node;

import org.jspecify.annotations.NullMarked;

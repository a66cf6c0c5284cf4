/** Tests of the feed, with the real store. */
@NullMarked
package dev.intermission.admin.feed;

import org.jspecify.annotations.NullMarked;

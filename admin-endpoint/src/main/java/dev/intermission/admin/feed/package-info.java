/**
 * The admin side of the feed: hands nodes what their environment serves, and knows who serves what.
 * Uses the vocabulary and SLF4J; knows nothing of the management API.
 */
@NullMarked
package dev.intermission.admin.feed;

import org.jspecify.annotations.NullMarked;

/**
 * The admin node's end of the feed: hands nodes what their environment serves, and knows which node
 * serves what. Uses the protocol, the vocabulary, SLF4J and the Servlet API; knows nothing of the
 * management API.
 */
@NullMarked
package dev.intermission.feed.server;

import org.jspecify.annotations.NullMarked;

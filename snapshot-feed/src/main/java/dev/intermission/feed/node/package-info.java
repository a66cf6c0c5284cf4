/**
 * The gateway node's end of the feed: follows an admin node over HTTP, and keeps the last snapshot
 * on the node's disk. Uses the protocol, SLF4J and the JDK's HTTP client.
 */
@NullMarked
package dev.intermission.feed.node;

import org.jspecify.annotations.NullMarked;

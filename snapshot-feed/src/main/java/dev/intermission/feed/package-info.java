/**
 * The feed between processes: its wire form, the node's client, and the snapshot that a node keeps
 * on its disk. Uses the vocabulary, Jackson and the JDK's HTTP client.
 */
@NullMarked
package dev.intermission.feed;

import org.jspecify.annotations.NullMarked;

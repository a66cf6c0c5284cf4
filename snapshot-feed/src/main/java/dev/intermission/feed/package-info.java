/**
 * The protocol between admin nodes and gateway nodes: what both ends have to agree on. Uses the
 * vocabulary and Jackson.
 */
@NullMarked
package dev.intermission.feed;

import org.jspecify.annotations.NullMarked;

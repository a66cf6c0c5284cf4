/**
 * The load generator: sends requests to a URL at a given rate or as fast as they are answered,
 * checks each answer, and reports latency, throughput and errors; on demand while it deploys. Uses
 * Jetty's client, HdrHistogram, picocli and Jackson, and of Intermission only the vocabulary: any
 * HTTP server can be its target.
 */
@NullMarked
package dev.intermission.load;

import org.jspecify.annotations.NullMarked;

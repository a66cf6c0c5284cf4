/**
 * The gate and its servlet front: decides for each request whether it passes or is answered with
 * its proxy's maintenance response. Uses the vocabulary, Caffeine and the Servlet API; Jetty only
 * where it is there.
 */
@NullMarked
package dev.intermission.filter;

import org.jspecify.annotations.NullMarked;

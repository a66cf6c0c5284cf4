/**
 * The gate: decides for each request whether it passes or is answered with its proxy's maintenance
 * response, and prepares that response. Uses the vocabulary and Caffeine; knows no server.
 */
@NullMarked
package dev.intermission.gate;

import org.jspecify.annotations.NullMarked;

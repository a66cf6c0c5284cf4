/**
 * Meters of Micrometer for a gate and for the requests behind it. Nothing else of Intermission
 * needs Micrometer.
 */
@NullMarked
package dev.intermission.metrics;

import org.jspecify.annotations.NullMarked;

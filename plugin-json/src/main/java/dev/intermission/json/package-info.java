/**
 * The JSON form of the vocabulary: the one place that knows the names of fields. Uses the
 * vocabulary and Jackson.
 */
@NullMarked
package dev.intermission.json;

import org.jspecify.annotations.NullMarked;

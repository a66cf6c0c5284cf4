/** Tests of the JSON form of the vocabulary. */
@NullMarked
package dev.intermission.json;

import org.jspecify.annotations.NullMarked;

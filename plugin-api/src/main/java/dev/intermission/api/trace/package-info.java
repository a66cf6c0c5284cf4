/**
 * The values of trace settings and of the records that they make (contract section 12). They are
 * checked when they are made, and do not change.
 */
@NullMarked
package dev.intermission.api.trace;

import org.jspecify.annotations.NullMarked;

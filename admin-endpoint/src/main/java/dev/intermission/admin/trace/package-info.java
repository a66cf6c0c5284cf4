/**
 * Requests of an API that are recorded whole, for a while (contract section 12): the settings,
 * which are deployed like those of the maintenance mode, and what was recorded.
 */
@NullMarked
package dev.intermission.admin.trace;

import org.jspecify.annotations.NullMarked;

/** What of an API's requests is recorded whole. */
@NullMarked
package dev.intermission.admin.trace;

import org.jspecify.annotations.NullMarked;

/** Tests of the overview. */
@NullMarked
package dev.intermission.admin.overview;

import org.jspecify.annotations.NullMarked;

/** The call that tells how all APIs stand: what is closed, since when and by whom. */
@NullMarked
package dev.intermission.admin.overview;

import org.jspecify.annotations.NullMarked;

/** The call that tells who changed what. */
@NullMarked
package dev.intermission.admin.audit;

import org.jspecify.annotations.NullMarked;

/** Tests of the audit call. */
@NullMarked
package dev.intermission.admin.audit;

import org.jspecify.annotations.NullMarked;

/** Tests of the audit call. */
@NullMarked
package dev.intermission.admin.trafficlog;

import org.jspecify.annotations.NullMarked;

/** Tests of the maintenance settings. */
@NullMarked
package dev.intermission.admin.maintenance;

import org.jspecify.annotations.NullMarked;

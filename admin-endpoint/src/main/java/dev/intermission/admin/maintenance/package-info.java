/** The calls that read and change the maintenance settings of a proxy. */
@NullMarked
package dev.intermission.admin.maintenance;

import org.jspecify.annotations.NullMarked;

/** The description of the management API for programs (contract section 7). */
@NullMarked
package dev.intermission.admin.openapi;

import org.jspecify.annotations.NullMarked;

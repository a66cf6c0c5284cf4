/** Reading the host gateway's configuration again (contract section 6). */
@NullMarked
package dev.intermission.admin.reload;

import org.jspecify.annotations.NullMarked;

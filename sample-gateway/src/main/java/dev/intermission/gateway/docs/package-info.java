/** The page in which people read and try the management API (contract section 7). */
@NullMarked
package dev.intermission.gateway.docs;

import org.jspecify.annotations.NullMarked;

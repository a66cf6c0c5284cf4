/** How log lines are written: what came from outside is escaped, and can't fill the log. */
@NullMarked
package dev.intermission.gateway.log;

import org.jspecify.annotations.NullMarked;

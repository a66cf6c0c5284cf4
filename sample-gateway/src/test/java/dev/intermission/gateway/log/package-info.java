/** Tests of how log lines are written. */
@NullMarked
package dev.intermission.gateway.log;

import org.jspecify.annotations.NullMarked;

/** Tests of the command line. */
@NullMarked
package dev.intermission.gateway.command;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: options and variables become a configuration, failures one line and an exit
 * code. Uses picocli and the gateway as a whole.
 */
@NullMarked
package dev.intermission.gateway.command;

import org.jspecify.annotations.NullMarked;

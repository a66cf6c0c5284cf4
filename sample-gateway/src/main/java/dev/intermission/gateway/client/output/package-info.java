/** What a command leaves behind: text for people, an object for programs, and an exit code. */
@NullMarked
package dev.intermission.gateway.client.output;

import org.jspecify.annotations.NullMarked;

/** Tests of the listeners. */
@NullMarked
package dev.intermission.gateway.server;

import org.jspecify.annotations.NullMarked;

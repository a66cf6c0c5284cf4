/**
 * The commands for operators. They are a thin client of the management API and need nothing else of
 * the gateway: no store, no server, no log.
 */
@NullMarked
package dev.intermission.gateway.client;

import org.jspecify.annotations.NullMarked;

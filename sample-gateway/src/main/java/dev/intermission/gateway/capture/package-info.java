/**
 * Captures what goes over the wire for whoever wants to know it: before everything that answers a
 * request, and where the reverse proxy passes. Where nobody wants to know, nothing is done.
 */
@NullMarked
package dev.intermission.gateway.capture;

import org.jspecify.annotations.NullMarked;

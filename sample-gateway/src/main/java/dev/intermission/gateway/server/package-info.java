/**
 * A listener of the gateway: an embedded Jetty server with its limits, its error bodies, and what
 * answers on it without being asked for by an API: probes. Knows nothing of maintenance.
 */
@NullMarked
package dev.intermission.gateway.server;

import org.jspecify.annotations.NullMarked;

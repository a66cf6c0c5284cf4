/** What the gateway tells Prometheus, at the management port. */
@NullMarked
package dev.intermission.gateway.metrics;

import org.jspecify.annotations.NullMarked;

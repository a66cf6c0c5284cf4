/**
 * What a gateway has seen of one exchange, in four messages, whoever wants to know it. Knows
 * neither settings nor connections.
 */
@NullMarked
package dev.intermission.trafficlog.capture;

import org.jspecify.annotations.NullMarked;

/** The commands for operators, against a gateway with its management API. */
@NullMarked
package dev.intermission.gateway.client;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.intermission.gateway.client.tracing;

import org.jspecify.annotations.NullMarked;

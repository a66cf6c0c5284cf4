/** Records of single requests: which are asked for, and how they are shown. */
@NullMarked
package dev.intermission.gateway.client.tracing;

import org.jspecify.annotations.NullMarked;

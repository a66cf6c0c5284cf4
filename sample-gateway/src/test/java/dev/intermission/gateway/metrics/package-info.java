@NullMarked
package dev.intermission.gateway.metrics;

import org.jspecify.annotations.NullMarked;

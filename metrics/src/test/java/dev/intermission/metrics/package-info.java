@NullMarked
package dev.intermission.metrics;

import org.jspecify.annotations.NullMarked;

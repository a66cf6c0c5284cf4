@NullMarked
package dev.intermission.trafficlog.trace;

import org.jspecify.annotations.NullMarked;

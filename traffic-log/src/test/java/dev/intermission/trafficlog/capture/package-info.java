@NullMarked
package dev.intermission.trafficlog.capture;

import org.jspecify.annotations.NullMarked;

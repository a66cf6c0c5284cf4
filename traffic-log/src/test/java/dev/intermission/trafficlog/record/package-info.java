@NullMarked
package dev.intermission.trafficlog.record;

import org.jspecify.annotations.NullMarked;

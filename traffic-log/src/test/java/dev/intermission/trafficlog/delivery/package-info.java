@NullMarked
package dev.intermission.trafficlog.delivery;

import org.jspecify.annotations.NullMarked;

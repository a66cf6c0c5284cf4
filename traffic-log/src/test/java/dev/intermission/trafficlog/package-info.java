@NullMarked
package dev.intermission.trafficlog;

import org.jspecify.annotations.NullMarked;

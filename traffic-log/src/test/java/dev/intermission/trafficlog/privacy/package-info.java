@NullMarked
package dev.intermission.trafficlog.privacy;

import org.jspecify.annotations.NullMarked;

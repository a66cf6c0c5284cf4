/** The records of the traffic log: which fields they have, and how they are written. */
@NullMarked
package dev.intermission.trafficlog.record;

import org.jspecify.annotations.NullMarked;

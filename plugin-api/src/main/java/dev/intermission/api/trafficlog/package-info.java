/**
 * What of the traffic of an API is logged, and where to: the values of the traffic log settings
 * (contract section 11). They are checked when they are made, and do not change.
 */
@NullMarked
package dev.intermission.api.trafficlog;

import org.jspecify.annotations.NullMarked;

package dev.intermission.trafficlog.trace;

import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.privacy.PrivacyRules;

/**
 * An exchange that waits for its record.
 *
 * @param exchange what was captured
 * @param proxy whose request it was
 * @param privacy what is private in it
 * @param size about how many bytes of memory it takes
 */
record RecordedExchange(
    CapturedExchange exchange, TracedProxy proxy, PrivacyRules privacy, long size) {}

package dev.intermission.trafficlog.trace;

import dev.intermission.trafficlog.capture.CapturedExchange;

/**
 * An exchange that waits for its record, which tells what is not private when it is written.
 *
 * @param exchange what was captured
 * @param proxy whose request it was
 * @param size about how many bytes of memory it takes
 */
record RecordedExchange(CapturedExchange exchange, TracedProxy proxy, long size) {}

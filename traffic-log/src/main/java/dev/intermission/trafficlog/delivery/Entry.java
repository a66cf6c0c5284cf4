package dev.intermission.trafficlog.delivery;

import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.record.RecordForm;
import dev.intermission.trafficlog.record.RecordWriter;

/**
 * An exchange that waits for its record.
 *
 * @param exchange what was captured
 * @param form what the record holds
 * @param size about how many bytes of memory it takes
 */
record Entry(CapturedExchange exchange, RecordForm form, long size) {

  /** Returns the record. */
  byte[] text() {
    return RecordWriter.write(exchange, form);
  }
}

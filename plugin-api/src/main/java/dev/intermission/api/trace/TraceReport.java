package dev.intermission.api.trace;

import dev.intermission.api.ProxyId;
import java.util.List;
import java.util.Map;

/**
 * What a gateway tells an admin node of the requests that it recorded. It is kept in one
 * transaction, so it should be small: see {@link #MOST_RECORDS} and {@link #MOST_CHARACTERS}.
 *
 * @param records those that were not told before, and those that were told without an answer
 * @param dropped how many requests of each proxy this process of the gateway did not record, since
 *     it was started; of those proxies of which it has changed
 */
public record TraceReport(List<TraceRecord> records, Map<ProxyId, Long> dropped) {

  /** The most records, and the most proxies of which it says what was dropped. */
  public static final int MOST_RECORDS = 1000;

  /**
   * The most characters that the documents of a report have together. A report of one record alone
   * may have more, up to 3 MiB in UTF-8.
   */
  public static final int MOST_CHARACTERS = 1 << 20;

  public TraceReport {
    records = List.copyOf(records);
    dropped = Map.copyOf(dropped);
  }
}

package dev.intermission.api.trace;

import dev.intermission.api.ProxyId;
import java.util.List;
import java.util.Map;

/**
 * What a gateway tells an admin node of the requests that it recorded.
 *
 * @param records those that were not told before, and those that were told without an answer
 * @param dropped how many requests of each proxy this process of the gateway did not record, since
 *     it was started; of those proxies of which it has changed
 */
public record TraceReport(List<TraceRecord> records, Map<ProxyId, Long> dropped) {

  public TraceReport {
    records = List.copyOf(records);
    dropped = Map.copyOf(dropped);
  }
}

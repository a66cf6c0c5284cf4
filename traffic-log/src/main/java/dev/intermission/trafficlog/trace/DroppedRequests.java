package dev.intermission.trafficlog.trace;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceReport;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests of each proxy were not recorded, since the start. Thread-safe. */
final class DroppedRequests {

  private final Map<ProxyId, LongAdder> counts = new ConcurrentHashMap<>();

  /** What was told before; of the thread that tells alone. */
  private final Map<ProxyId, Long> told = new HashMap<>();

  /** Returns the count of a proxy, which stays the same. */
  LongAdder of(ProxyId proxy) {
    return counts.computeIfAbsent(proxy, id -> new LongAdder());
  }

  /** Returns the counts that were not told yet, as many as a report may have. */
  Map<ProxyId, Long> news() {
    Map<ProxyId, Long> news = new HashMap<>();
    counts.forEach(
        (proxy, count) -> {
          long now = count.sum();
          if (now > told.getOrDefault(proxy, 0L) && news.size() < TraceReport.MOST_RECORDS) {
            news.put(proxy, now);
          }
        });
    return news;
  }

  /** Says that these counts were told. */
  void told(Map<ProxyId, Long> news) {
    told.putAll(news);
  }
}

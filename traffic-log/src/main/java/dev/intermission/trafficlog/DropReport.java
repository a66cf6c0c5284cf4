package dev.intermission.trafficlog;

import dev.intermission.trafficlog.delivery.Delivery;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how many records were dropped: at once, and then once a minute at most. */
final class DropReport {

  private static final Logger LOG = LoggerFactory.getLogger(DropReport.class);
  private static final long BETWEEN_NANOS = Duration.ofMinutes(1).toNanos();

  private final Collection<Delivery> deliveries;
  private final Map<String, Told> told = new HashMap<>();

  /** What was told of a connection, and when. */
  private record Told(long dropped, long nanoTime) {}

  DropReport(Collection<Delivery> deliveries) {
    this.deliveries = deliveries;
  }

  void look() {
    long now = System.nanoTime();
    for (Delivery delivery : deliveries) {
      long dropped = delivery.dropped();
      Told before = told.get(delivery.name());
      long known = before == null ? 0 : before.dropped;
      if (dropped > known && (before == null || now - before.nanoTime >= BETWEEN_NANOS)) {
        LOG.warn(
            "The connection '{}' of the traffic log has taken too few records: {} were dropped, {} since the start",
            delivery.name(),
            dropped - known,
            dropped);
        told.put(delivery.name(), new Told(dropped, now));
      }
    }
  }
}

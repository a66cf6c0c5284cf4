package dev.intermission.trafficlog;

import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.delivery.Delivery;
import dev.intermission.trafficlog.record.RecordForm;
import java.util.List;

/**
 * Where requests of one kind are logged.
 *
 * @param routes the connections, with what each gets
 * @param wish what must be captured for all of them
 */
record LogPlan(List<Route> routes, CaptureWish wish) {

  /** They are not logged. */
  static final LogPlan NOTHING = new LogPlan(List.of(), CaptureWish.NOTHING);

  /** A connection, and what it gets. */
  record Route(Delivery delivery, RecordForm form) {}

  static LogPlan of(List<Route> routes) {
    CaptureWish wish = CaptureWish.NOTHING;
    for (Route route : routes) {
      wish = wish.and(route.form().wish());
    }
    return new LogPlan(List.copyOf(routes), wish);
  }

  boolean isNothing() {
    return routes.isEmpty();
  }
}

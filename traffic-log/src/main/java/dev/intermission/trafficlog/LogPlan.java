package dev.intermission.trafficlog;

import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.Observation;
import dev.intermission.trafficlog.delivery.Delivery;
import dev.intermission.trafficlog.record.RecordForm;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where requests of one kind are logged.
 *
 * @param routes the connections, with what each gets
 * @param wish what must be captured for all of them
 * @param log takes the exchanges; it looks for their plan anew, since one that was begun for this
 *     API may have gone to another one, whose definitions of what is private are others
 */
record LogPlan(List<Route> routes, CaptureWish wish, Consumer<CapturedExchange> log)
    implements Observation {

  /** They are not logged. */
  static final LogPlan NOTHING = new LogPlan(List.of(), CaptureWish.NOTHING, exchange -> {});

  /** A connection, and what it gets. */
  record Route(Delivery delivery, RecordForm form) {}

  static LogPlan of(List<Route> routes, Consumer<CapturedExchange> log) {
    CaptureWish wish = CaptureWish.NOTHING;
    for (Route route : routes) {
      wish = wish.and(route.form().wish());
    }
    return new LogPlan(List.copyOf(routes), wish, log);
  }

  boolean isNothing() {
    return routes.isEmpty();
  }

  @Override
  public void finished(CapturedExchange exchange) {
    log.accept(exchange);
  }
}

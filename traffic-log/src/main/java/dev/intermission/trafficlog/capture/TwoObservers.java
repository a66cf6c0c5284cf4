package dev.intermission.trafficlog.capture;

import dev.intermission.api.ProxyId;
import org.jspecify.annotations.Nullable;

/**
 * Two observers as one. Each decides for itself, and is told of no exchange that it does not want;
 * where one of them is off, it costs nothing. Neither keeps what only the other one wants.
 */
public record TwoObservers(ExchangeObserver first, ExchangeObserver second)
    implements ExchangeObserver {

  @Override
  public boolean isOn() {
    return first.isOn() || second.isOn();
  }

  @Override
  public @Nullable Observation begin(@Nullable ProxyId proxy, String method) {
    Observation one = first.isOn() ? first.begin(proxy, method) : null;
    Observation other = second.isOn() ? second.begin(proxy, method) : null;
    if (one == null) {
      return other;
    }
    return other == null ? one : new Both(one, other, one.wish().and(other.wish()));
  }

  private record Both(Observation one, Observation other, CaptureWish wish) implements Observation {

    @Override
    public void finished(CapturedExchange exchange) {
      try {
        one.finished(exchange.only(one.wish()));
      } finally {
        other.finished(exchange.only(other.wish()));
      }
    }
  }
}

package dev.intermission.gateway.proxy;

import java.util.Objects;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of an exchange: that of the relay to the client, if there is one, and that of the
 * exchange with the upstream. They come on threads of their own, in any order; each of the methods
 * tells whether its end was the last one. Thread-safe.
 */
final class ExchangeEnds {

  private boolean isRelayed;
  private @Nullable Throwable relayFailure;
  private @Nullable Result result;

  /** Takes the end of the relay. */
  synchronized boolean relayed(@Nullable Throwable failure) {
    isRelayed = true;
    relayFailure = failure;
    return result != null;
  }

  /** Takes the end of the exchange with the upstream. */
  synchronized boolean completed(Result complete, boolean isRelaying) {
    result = complete;
    return !isRelaying || isRelayed;
  }

  /** Forgets the result, since the request is sent once more. */
  synchronized void again() {
    result = null;
  }

  /** Returns why the client did not get all, or null. */
  synchronized @Nullable Throwable relayFailure() {
    return relayFailure;
  }

  /** Returns how the exchange with the upstream has ended. */
  synchronized Result result() {
    return Objects.requireNonNull(result);
  }
}

package dev.intermission.trafficlog.capture;

import dev.intermission.api.ProxyId;
import org.jspecify.annotations.Nullable;

/**
 * Says which exchanges it wants to know, and takes them when they are over. All methods are called
 * on threads that serve clients: they must not block, and leave the work to other threads.
 */
public interface ExchangeObserver {

  /** Returns whether it may want anything; if not, it is asked nothing else. */
  boolean isOn();

  /**
   * Returns what is to be captured of a request, or null if nothing, not even that there was one.
   *
   * @param proxy the API that it is for, or null if for none
   */
  @Nullable CaptureWish wish(@Nullable ProxyId proxy, String method);

  /** Takes an exchange that is over. */
  void finished(CapturedExchange exchange);
}

package dev.intermission.trafficlog.capture;

import dev.intermission.api.ProxyId;
import org.jspecify.annotations.Nullable;

/**
 * Says which exchanges it wants to know, and takes them when they are over. All methods, and those
 * of what it returns, are called on threads that serve clients: they must not block, and leave the
 * work to other threads.
 */
public interface ExchangeObserver {

  /** Returns whether it may want anything; if not, it is asked nothing else. */
  boolean isOn();

  /**
   * Decides on a request that begins.
   *
   * @param proxy the API that it is for, or null if for none
   * @return null if nothing is to be captured, not even that there was one
   */
  @Nullable Observation begin(@Nullable ProxyId proxy, String method);
}

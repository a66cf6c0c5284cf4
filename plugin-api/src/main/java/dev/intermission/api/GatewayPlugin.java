package dev.intermission.api;

import java.util.Optional;

/**
 * A plugin of a host gateway. The gateway finds it with {@link java.util.ServiceLoader}, starts it
 * once, asks it for its front, puts that before its traffic, and closes the plugin when it stops.
 * All calls come from one thread.
 */
public interface GatewayPlugin extends AutoCloseable {

  /** Returns a short name for logs. */
  String name();

  /**
   * Starts to follow the host's feed. Returns without waiting for the first snapshot; until then
   * the fronts answer every request with a 503, so that a restart opens no closed API.
   *
   * @throws IllegalStateException if it was started already
   */
  void start(GatewayHost host);

  /**
   * Returns the front of this type, if the plugin has one: {@code jakarta.servlet.Filter} for any
   * servlet container. The plugin owns it; ask after {@link #start}.
   */
  <T> Optional<T> front(Class<T> type);

  /** Stops following the feed; the fronts continue with the last snapshot. */
  @Override
  void close();
}

package dev.intermission.api;

import java.util.Optional;

/**
 * A plugin that a host gateway finds with {@link java.util.ServiceLoader}, starts once, asks for
 * what it puts in front of the traffic, and closes when it stops. The calls come from one thread.
 */
public interface GatewayPlugin extends AutoCloseable {

  /** Returns a short name for logs. */
  String name();

  /**
   * Starts to follow the host's feed. Returns without waiting for the first snapshot; until that is
   * there the fronts refuse every request with a 503, so that a restart opens no closed API.
   *
   * @throws IllegalStateException if it was started already
   */
  void start(GatewayHost host);

  /**
   * Returns the front of the asked type, if the plugin has one: {@code jakarta.servlet.Filter} for
   * any servlet container. The plugin owns it; ask after {@link #start}.
   */
  <T> Optional<T> front(Class<T> type);

  /** Stops to follow the feed; the fronts go on with what was last in force. */
  @Override
  void close();
}

package dev.intermission.gateway.backends;

/**
 * A server that routes by its own reading of a path: {@code /closed} and {@code /api/v1} with all
 * below them answer {@code handler=closed}, {@code /open} answers {@code handler=open}, all else
 * {@code handler=other}. It is as lenient as it can be configured.
 */
interface RealBackend extends AutoCloseable {

  String CLOSED = "handler=closed";
  String OPEN = "handler=open";
  String OTHER = "handler=other";

  /** Returns its name, which is also its host at the gateway. */
  String name();

  /** Returns its port of the loopback interface. */
  int port();

  @Override
  void close();
}

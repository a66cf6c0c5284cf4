package dev.intermission.gateway.backends;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.CanonicalPathHandler;
import java.net.InetSocketAddress;

/** Undertow, with its path handler. */
final class UndertowBackend implements RealBackend {

  private final Undertow undertow;

  UndertowBackend() {
    undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.DECODE_SLASH, true)
            .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
            .setHandler(
                new CanonicalPathHandler(
                    Handlers.path(answer(OTHER))
                        .addPrefixPath("/closed", answer(CLOSED))
                        .addPrefixPath("/api/v1", answer(CLOSED))
                        .addPrefixPath("/open", answer(OPEN))))
            .build();
    undertow.start();
  }

  private static HttpHandler answer(String answer) {
    return exchange -> exchange.getResponseSender().send(answer);
  }

  @Override
  public String name() {
    return "undertow";
  }

  @Override
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void close() {
    undertow.stop();
  }
}

package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.UpstreamConfig;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests to upstreams of those that clients have sent.
 *
 * @param client what sends them
 * @param config the time-outs
 * @param fields what of the fields goes on
 */
record UpstreamRequests(HttpClient client, UpstreamConfig config, RequestFields fields) {

  /**
   * Makes a request that is not sent yet.
   *
   * @param body null if it has none
   * @param isUpgrade whether it asks for a WebSocket
   */
  UpstreamRequest of(
      Exchange exchange,
      Incoming incoming,
      Outgoing outgoing,
      @Nullable ClientBody body,
      boolean isUpgrade) {
    Request request = incoming.request();
    UpstreamRequest upstream =
        new UpstreamRequest(
                client,
                outgoing.address(),
                request.getMethod(),
                outgoing.path(),
                request.getHttpURI().getQuery())
            .of(exchange);
    upstream
        .idleTimeout(config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .timeout(config.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
    upstream.headers(to -> fields.put(incoming, to));
    if (isUpgrade) {
      upstream.headers(WebSocketUpgrade::put);
    }
    if (body != null) {
      upstream.body(body);
      if (body.getLength() < 0) {
        upstream.headers(to -> Trailers.announce(request.getHeaders(), to));
        upstream.trailersSupplier(() -> Trailers.of(body.trailers()));
      }
    }
    return upstream;
  }
}

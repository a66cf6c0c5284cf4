package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.UpstreamConfig;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable;

/** The HTTP client towards upstreams: adds nothing to a message, and takes nothing away. */
final class UpstreamClient {

  /** Shorter than servers keep theirs, so that few requests meet a connection just closed. */
  private static final long POOLED_IDLE_MILLIS = 4_000;

  /** Room for the client's fields at their limit, and for those that the gateway adds. */
  private static final int REQUEST_BUFFER_BYTES = 32 << 10;

  private static final int MAX_RESPONSE_HEADER_BYTES = 32 << 10;

  private UpstreamClient() {}

  static HttpClient of(UpstreamConfig config, Names.Lookup lookup) {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(Runtime.getRuntime().availableProcessors());
    UpstreamTransport transport = new UpstreamTransport(connector);
    transport.setHeaderCacheCaseSensitive(true);
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    HttpClient client = new HttpClient(transport);
    client.setSocketAddressResolver(new Names(lookup, client::getConnectTimeout));
    client.setConnectTimeout(config.connectTimeout().toMillis());
    client.setIdleTimeout(POOLED_IDLE_MILLIS);
    client.setMaxConnectionsPerDestination(config.maxConnections());
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setRequestBufferSize(REQUEST_BUFFER_BYTES);
    client.setMaxResponseHeadersSize(MAX_RESPONSE_HEADER_BYTES);
    return client;
  }

  /** Takes away what a client that has started would do on its own to a response. */
  static void strip(HttpClient started) {
    started.getContentDecoderFactories().clear();
    started.getProtocolHandlers().clear();
    started.getProtocolHandlers().put(new InterimResponses());
  }
}

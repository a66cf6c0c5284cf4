package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.UpstreamConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;

/** The HTTP client towards upstreams: adds nothing to a message, and takes nothing away. */
final class UpstreamClient {

  /** Shorter than servers keep theirs, so that few requests meet a connection just closed. */
  private static final long POOLED_IDLE_MILLIS = 4_000;

  /** Room for the client's fields at their limit, and for those that the gateway adds. */
  private static final int REQUEST_BUFFER_BYTES = 32 << 10;

  private static final int MAX_RESPONSE_HEADER_BYTES = 32 << 10;

  private UpstreamClient() {}

  static HttpClient of(UpstreamConfig config, ClientConnector connector) {
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    transport.setHeaderCacheCaseSensitive(true);
    HttpClient client = new HttpClient(transport);
    client.setConnectTimeout(config.connectTimeout().toMillis());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setRequestBufferSize(REQUEST_BUFFER_BYTES);
    client.setMaxResponseHeadersSize(MAX_RESPONSE_HEADER_BYTES);
    return client;
  }

  /**
   * Returns what Jetty's proxy servlet takes from its holder. What it calls the time-out of an
   * exchange is that of an {@link UpstreamRequest}.
   */
  static Map<String, String> initParameters(UpstreamConfig config) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("maxThreads", "-");
    parameters.put("maxConnections", String.valueOf(config.maxConnections()));
    parameters.put("idleTimeout", String.valueOf(POOLED_IDLE_MILLIS));
    parameters.put("timeout", String.valueOf(config.responseTimeout().toMillis()));
    parameters.put("viaHost", "intermission");
    return parameters;
  }
}

package dev.intermission.load;

import java.time.Duration;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.RoundRobinConnectionPool;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's client, configured to send exactly the given request: no redirects, no cookies. */
final class LoadClient implements AutoCloseable {

  private static final int THREADS = 16;

  /**
   * Shorter than the time for which servers keep idle connections, so that no request meets a
   * connection that is being closed.
   */
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;

  private LoadClient(HttpClient client) {
    this.client = client;
  }

  /**
   * Starts a client that handles answers on the thread that reads them.
   *
   * @param timeout how long to wait for a connection or an answer
   */
  static LoadClient start(Protocol protocol, Duration timeout) {
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setSslContextFactory(new SslContextFactory.Client(protocol.anyCertificate()));
    HttpClient client = new HttpClient(transport(protocol, connector));
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("load");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setMaxConnectionsPerDestination(protocol.connections());
    client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
    client.setConnectTimeout(timeout.toMillis());
    client.setIdleTimeout(Math.max(IDLE_TIMEOUT.toMillis(), 2 * timeout.toMillis()));
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client doesn't start", e);
    }
    // The default handlers are added by start(), so they can be removed only now.
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
    return new LoadClient(client);
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client doesn't stop", e);
    }
  }

  private static HttpClientTransport transport(Protocol protocol, ClientConnector connector) {
    HttpClientTransport transport;
    if (protocol.http2()) {
      transport = new HttpClientTransportOverHTTP2(new HTTP2Client(connector));
      transport.setConnectionPoolFactory(
          destination ->
              new RoundRobinConnectionPool(
                  destination, protocol.connections(), protocol.streams()));
    } else {
      transport = new HttpClientTransportOverHTTP(connector);
      transport.setConnectionPoolFactory(
          destination -> new DuplexConnectionPool(destination, protocol.connections()));
    }
    transport.setInvocationType(InvocationType.NON_BLOCKING);
    return transport;
  }
}

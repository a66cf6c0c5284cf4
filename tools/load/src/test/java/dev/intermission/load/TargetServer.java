package dev.intermission.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A Jetty on a free port whose answers a test decides, one by one; speaks HTTP/1.1 and h2c. */
final class TargetServer implements AutoCloseable {

  /** What answers a request. */
  interface Answering {

    /** Answers the request of this number, from 1. */
    void answer(int number, Request request, Response response, Callback callback) throws Exception;
  }

  private final Server server = new Server();
  private final ServerConnector connector;
  private final AtomicInteger requests = new AtomicInteger();

  TargetServer(Answering answering) throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            answering.answer(requests.incrementAndGet(), request, response, callback);
            return true;
          }
        });
    server.start();
  }

  /** Always answers the same. */
  static TargetServer answering(int status, String contentType, String body) throws Exception {
    return new TargetServer(
        (number, request, response, callback) ->
            write(response, callback, status, contentType, body));
  }

  static void write(
      Response response, Callback callback, int status, String contentType, String body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.write(true, BufferUtil.toBuffer(body, StandardCharsets.UTF_8), callback);
  }

  String url() {
    return "http://127.0.0.1:%d/api/v1".formatted(connector.getLocalPort());
  }

  int requests() {
    return requests.get();
  }

  /** Does nothing if it is stopped. */
  void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}

package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.RunningTraffic;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of HTTP/2 on their way to an upstream that speaks HTTP/1.1. */
class Http2UpstreamTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer upstream;
  private RunningTraffic gateway;

  @BeforeEach
  void start() throws Exception {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          String framing =
              exchange.getRequestHeaders().getFirst("Transfer-Encoding")
                  + "/"
                  + exchange.getRequestHeaders().getFirst("Content-Length");
          byte[] body = exchange.getRequestBody().readAllBytes();
          byte[] answer =
              (framing + "/" + new String(body, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .put("Seen-Own-Host", exchange.getRequestHeaders().get("Host"));
          exchange
              .getResponseHeaders()
              .put("Seen-Host", exchange.getRequestHeaders().get("X-Forwarded-Host"));
          exchange
              .getResponseHeaders()
              .put("Seen-Forwarded", exchange.getRequestHeaders().get("Forwarded"));
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    upstream.start();
    String address = "http://127.0.0.1:" + upstream.getAddress().getPort();
    gateway =
        RunningTraffic.start(
            RunningGateway.with(
                RunningGateway.config(
                    Path.of("unused"), RunningGateway.proxy("A", "/api", address)),
                traffic -> ListenerConfig.TRAFFIC.at("127.0.0.1", 0),
                admin -> admin,
                config ->
                    new UpstreamConfig(
                        config.connectTimeout(),
                        config.idleTimeout(),
                        config.responseTimeout(),
                        config.maxConnections(),
                        true)));
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.stop(0);
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private String send(HttpRequest.Builder request) throws Exception {
    return exchange(request).body();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api"));
  }

  @Test
  void bodyWithoutLengthAndTypePasses() throws Exception {
    send(request().GET());
    assertThat(
            send(
                request()
                    .POST(
                        HttpRequest.BodyPublishers.ofInputStream(
                            () ->
                                new ByteArrayInputStream(
                                    "hello".getBytes(StandardCharsets.UTF_8))))))
        .isEqualTo("chunked/null/hello");
  }

  @Test
  void upstreamIsToldTheAuthorityThatWasAskedFor() throws Exception {
    send(request().GET());
    HttpResponse<String> response = exchange(request().GET());
    String authority = "127.0.0.1:" + gateway.port();
    assertThat(response.headers().allValues("Seen-Host")).containsExactly(authority);
    assertThat(response.headers().allValues("Seen-Own-Host")).containsExactly(authority);
    assertThat(response.headers().allValues("Seen-Forwarded"))
        .containsExactly("for=\"127.0.0.1\";host=\"" + authority + "\";proto=http");
  }

  @Test
  void requestWithoutABodyStaysOne() throws Exception {
    assertThat(send(request().GET())).isEqualTo("null/null/");
  }
}

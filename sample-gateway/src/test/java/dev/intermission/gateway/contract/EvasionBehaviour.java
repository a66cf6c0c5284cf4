package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings of paths at the closed MyAPI (/api/v1) and its open neighbours. */
abstract class EvasionBehaviour extends DemoTest {

  EvasionBehaviour(DemoGateway gateway) {
    super(gateway);
  }

  @BeforeEach
  void close() throws IOException {
    assertThat(Operator.text(operator.patch(CLOSE))).isEqualTo(DEPLOYED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1",
        "/api/v1/",
        "/api/v1?",
        "/api/v1/orders?x=/petstore",
        "//api/v1",
        "/api//v1",
        "/api/v1//orders",
        "///api///v1///",
        "/./api/v1",
        "/api/./v1",
        "/api/v1/.",
        "/api/v1/./orders",
        "/petstore/../api/v1",
        "/petstore/x/../../api/v1/orders",
        "/api/x/../v1",
        "/api/v1/../v1",
        "/%2e/api/v1",
        "/petstore/%2e%2e/api/v1",
        "/petstore/%2E./api/v1",
        "/petstore/.%2E/api/v1",
        "/%61pi/v1",
        "/%61%70%69/%76%31",
        "/API/../api/v1",
        "/api;x=1/v1",
        "/api;/v1;",
        "/api/v1;jsessionid=1",
        "/api/v1;/orders",
        "/;a/api/;b/v1",
        "/petstore/..;/api/v1",
        "/petstore/..;a=b/api/v1",
        "/petstore/%2e%2e;/api/v1",
        "http://localhost/api/v1",
        "http://localhost//api/../api/./v1",
        "HTTP://LOCALHOST/api/v1",
        "/api/v1/%2e%2e/v1",
        "/petstore/..%2Fapi/v1/x%5C..%5C..%5C..%5Cy",
        "/petstore/x%5Cy/..%2F..%2Fapi/v1",
        "/petstore/..%2Fapi/v1////..%2F..%2Fx",
        "/api%2fv1%2f..;%2f..%2f..%2forders",
        "/api%2fv1/.;%2f..%2f..%2forders",
        "/api%2fv1%2f..;x=1%2f..%2f..%2forders",
        "/api/v1%2f..%2f..%2forders/y",
        "/api/v1/..;/..;/orders",
        "/api%252fv1%252f..%252f..%252forders",
        "/petstore/%252e%252e/api/v1",
        "/petstore/..%255Capi/v1",
        "/petstore/..%c0%afapi/v1",
        "/petstore/.%FF./api/v1",
        "/api/v1%3Fx",
        "/api/v%2531"
      })
  void everySpellingOfAClosedPathGetsTheAnswer(String target) throws Exception {
    long calls = gateway.backendCalls();
    assertClosed(target);
    assertThat(gateway.backendCalls()).isEqualTo(calls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../api/v1",
        "/../../api/v1",
        "http://other.example/api/v1",
        "/api%2Fv1",
        "/api%2fv1/orders",
        "/%2Fapi/v1",
        "%2Fapi%2Fv1",
        "/petstore/..%2Fapi/v1",
        "/petstore/..%2F..%2Fapi%2Fv1",
        "/petstore%2F..%2Fapi/v1",
        "/petstore/%2e%2e%2fapi%2fv1",
        "/api\\v1",
        "\\api\\v1",
        "/api%5Cv1",
        "/petstore/..\\api/v1",
        "/petstore/..%5c..%5capi/v1",
        "/api/v1%3Bx=1",
        "/api/v1%00",
        "/api%00/v1",
        "/%00/../api/v1",
        "/api/v1%0d%0aX:%20y",
        "/%c0%af../api/v1",
        "/petstore/%c0%ae%c0%ae/api/v1",
        "/petstore/%e0%80%ae%e0%80%ae/api/v1",
        "/%25%32%65%25%32%65/api/v1",
        "/petstore/%252e%252e/api/v1",
        "/api/v1%",
        "/api/v1%2",
        "/api/v1%zz",
        "/api/v1#fragment",
        "/api/%u0076%u0031",
        "api/v1",
        "*/api/v1",
        "http:/api/v1",
        "http:///api/v1",
        "http://localhost\\api/v1",
        "http://user@localhost/api/v1",
        "localhost:80/api/v1",
        "/ｖ1/../api/v1"
      })
  void ambiguousOrIllegalSpellingNeverReachesTheBackend(String target) throws Exception {
    long calls = gateway.backendCalls("/api/v1");
    Wire.Reply reply = gateway.get(target);
    assertThat(gateway.backendCalls("/api/v1")).isEqualTo(calls);
    if (reply.status() == 200) {
      assertThat(Seen.path(reply)).startsWith("/petstore/").doesNotContain("/../");
    } else {
      assertThat(reply.status()).as(reply.statusLine()).isIn(503, 400, 404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1 HTTP/1.0\r\n\r\n",
        "GET /api/v1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n",
        "GET /api/v1 HTTP/1.1\r\nHost: other.example\r\n\r\n",
        "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: other.example\r\n\r\n",
        "GET /petstore/../api/v1 HTTP/1.1\r\nHost: localhost\r\nX-Original-URL: /petstore\r\n\r\n",
        "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nX-Rewrite-URL: /petstore\r\n\r\n",
        "PATCH /api/v1 HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n\r\n",
        "CONNECT /api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS /api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "get /api/v1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "GET\t/api/v1\tHTTP/1.1\r\nHost: localhost\r\n\r\n"
      })
  void noOtherRequestReachesTheBackend(String request) throws Exception {
    long calls = gateway.backendCalls();
    Wire.Reply reply = Wire.exchange(gateway.port(), request);
    assertThat(reply.status()).as(reply.statusLine()).isIn(503, 400, 404);
    assertThat(gateway.backendCalls()).isEqualTo(calls);
  }

  @Test
  void requestBehindAnotherOnTheSameConnectionIsDecidedAlone() throws Exception {
    long calls = gateway.backendCalls("/api/v1");
    try (Wire wire = new Wire(gateway.port())) {
      wire.send(
          Wire.request("POST", "/petstore", "Content-Length: 3")
              + "abc"
              + Wire.request("GET", "/api/v1")
              + Wire.request("GET", "/orders"));
      assertThat(Seen.path(wire.read(false))).isEqualTo("/petstore");
      assertThat(wire.read(false).text()).isEqualTo("Back at six");
      assertThat(Seen.path(wire.read(false))).isEqualTo("/orders");
    }
    assertThat(gateway.backendCalls("/api/v1")).isEqualTo(calls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/petstore/..%2Fnowhere",
        "/petstore/..%5Corders",
        "/petstore/x%2F..%2F..%2Fother",
        "/petstore/..%3B%2Fother",
        "/petstore/%252e%252e/nowhere",
        "/petstore/..%c0%afnowhere",
        "/petstore/%2e%2e%2f..;x%2fnowhere",
        "/petstore/%2e%2e%2f/./%2e%2e%2f%2Fx/.%2E%2F%252e%252e%2F../..//"
      })
  void pathThatCanBeReadAsAnothersIsRefusedOpenOrClosed(String target) throws Exception {
    long calls = gateway.backendCalls();
    Wire.Reply reply = gateway.get(target);
    assertThat(reply.text()).contains("\"faultCode\":\"AMBIGUOUS_PATH\"");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(gateway.backendCalls()).isEqualTo(calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/", "/petstore/", "/nowhere/"})
  void pathWithTooManyDoubtsIsRefused(String path) throws Exception {
    long calls = gateway.backendCalls();
    Wire.Reply reply = gateway.get(path + "%2F".repeat(600));
    assertThat(reply.text()).contains("\"faultCode\":\"AMBIGUOUS_PATH\"");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(gateway.backendCalls()).isEqualTo(calls);
  }

  /** A long text in a path is no doubt. */
  @Test
  void longEncodedTextReachesTheNeighbour() throws Exception {
    String path = "/petstore/" + "%D0%96%20".repeat(500);
    assertThat(Seen.path(gateway.get(path))).isEqualTo(path);
  }

  /** Odd but legal: the neighbour is reached, and sees the path that was meant. */
  @ParameterizedTest
  @CsvSource({
    "/petstore, /petstore",
    "/petstore/, /petstore/",
    "/petstore//pets, /petstore//pets",
    "//petstore/pets, /petstore/pets",
    "/./petstore/pets, /petstore/pets",
    "/api/v1/../../petstore/pets, /petstore/pets",
    "/api/v1/%2e%2e/%2e%2e/petstore, /petstore",
    "/%70etstore/%70ets, /petstore/%70ets",
    "/petstore;v=1/pets;w=2, /petstore/pets;w=2",
    "/petstore/api/v1, /petstore/api/v1",
    "/petstore/a%2Fb, /petstore/a%2Fb",
    "/petstore/x%2Fapi%2Fv1, /petstore/x%2Fapi%2Fv1",
    "/petstore/%C3%BC%20x, /petstore/%C3%BC%20x",
    "/petstore/a%252Fb, /petstore/a%252Fb",
    "/petstore/https%3A%2F%2Fhost%2Fapi%2Fv1, /petstore/https%3A%2F%2Fhost%2Fapi%2Fv1",
    "/petstore/https://host/api/v1, /petstore/https://host/api/v1",
    "/petstore/a%2F..%2Fapi, /petstore/a%2F..%2Fapi",
    "/petstore/x%5Cy;z/100%25, /petstore/x%5Cy;z/100%25",
    "/api/v1/../../petstore/a%2Fb, /petstore/a%2Fb",
    "/petstore/..a/.b/c.., /petstore/..a/.b/c..",
    "/petstore/%2e%2e/petstore/x, /petstore/x",
    "http://localhost/petstore, /petstore"
  })
  void neighbourIsReachedHoweverItIsSpelled(String target, String seen) throws Exception {
    Wire.Reply reply = gateway.get(target);
    assertThat(reply.status()).as(reply.statusLine()).isEqualTo(200);
    assertThat(Seen.path(reply)).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v10", "/api/v1x", "/api", "/API/v1", "/api/v2", "/apiv1", "/"})
  void pathThatOnlyLooksLikeTheClosedOneIsNotAnswered(String target) throws Exception {
    assertThat(gateway.get(target).text()).contains("\"faultCode\":\"NO_ROUTE\"");
  }
}

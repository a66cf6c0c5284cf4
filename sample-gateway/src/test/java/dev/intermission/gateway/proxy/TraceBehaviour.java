package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the records tell of requests, compared with the bytes that went over the wire. */
abstract class TraceBehaviour extends TraceFixture {

  private static final int BOUND = 65_536;

  @Override
  boolean http2() {
    return true;
  }

  private String upstreamAddress() {
    return "http://127.0.0.1:" + upstreamPort();
  }

  @Test
  void messagesAreRecordedAsTheyWentOverTheWire() throws Exception {
    trace();
    String sent = utf8("{\"a\":\"\u00e9\"}");
    List<String> request =
        List.of(
            "Host: g",
            "X-One: 1",
            "x-one: 2",
            "Content-Type: application/json",
            "Content-Length: " + sent.length());
    List<String> response = List.of("X-Two: 3", "Content-Type: text/plain", "Content-Length: 3");
    Head toTarget;
    Head toClient;
    try (Peer client = client()) {
      client
          .sendHead("POST /api/x%20y?p=1&q=%C3%A9 HTTP/1.1\r\n" + String.join("\r\n", request))
          .send(sent);
      try (Peer upstream = upstreamConnection()) {
        toTarget = upstream.readHead();
        assertThat(upstream.readBody(toTarget)).isEqualTo(sent);
        upstream.sendHead("HTTP/1.1 201 Made\r\n" + String.join("\r\n", response)).send("abc");
        toClient = client.readHead();
        assertThat(client.readBody(toClient)).isEqualTo("abc");
      }
    }
    JsonNode record = record();
    assertThat(record.path("method").asText()).isEqualTo("POST");
    assertThat(record.path("path").asText()).isEqualTo("/api/x%20y");
    assertThat(record.path("protocol").asText()).isEqualTo("HTTP/1.1");
    assertThat(record.path("host").asText()).isEqualTo("g");
    assertThat(record.path("peerAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(record.path("correlationId").asText()).isEqualTo(toTarget.value("X-Correlation-Id"));
    assertThat(record.path("status").asInt()).isEqualTo(201);
    assertThat(record.path("result").asText()).isEqualTo("SUCCESS");
    assertThat(record.path("error").isNull()).isTrue();
    assertThat(record.path("passage").isNull()).isTrue();
    assertThat(record.path("target").asText())
        .isEqualTo(upstreamAddress() + toTarget.first().split(" ", 3)[1]);
    JsonNode fromClient = record.path("fromClient");
    assertThat(fromClient.path("method").asText()).isEqualTo("POST");
    assertThat(fromClient.path("target").asText()).isEqualTo("/api/x%20y?p=1&q=%C3%A9");
    assertThat(lines(fromClient)).containsExactlyElementsOf(request);
    assertBody(fromClient, "{\"a\":\"\u00e9\"}", sent.length(), true);
    assertThat(
            record.path("toTarget").path("method").asText()
                + " "
                + record.path("toTarget").path("target").asText()
                + " HTTP/1.1")
        .isEqualTo(toTarget.first());
    // What frames the message is added behind what the record has.
    assertThat(lines(record.path("toTarget")))
        .containsExactlyInAnyOrderElementsOf(toTarget.fields());
    assertBody(record.path("toTarget"), "{\"a\":\"\u00e9\"}", sent.length(), true);
    assertThat(record.path("fromTarget").path("status").asInt()).isEqualTo(201);
    assertThat(lines(record.path("fromTarget"))).containsExactlyElementsOf(response);
    assertBody(record.path("fromTarget"), "abc", 3, true);
    assertThat(record.path("toClient").path("status").asInt()).isEqualTo(201);
    assertThat(lines(record.path("toClient")))
        .containsExactlyInAnyOrderElementsOf(toClient.fields());
    assertBody(record.path("toClient"), "abc", 3, true);
    assertThat(record.path("detected")).isEmpty();
    double parts =
        record.path("times").path("gate").asDouble()
            + record.path("times").path("connection").asDouble()
            + record.path("times").path("upstream").asDouble()
            + record.path("times").path("response").asDouble();
    assertThat(record.path("millis").asLong()).isEqualTo((long) (parts + 0.001));
    TraceLine line = records().get(0).line();
    assertThat(line.id()).isEqualTo(record.path("id").asText()).matches("[A-Za-z0-9-]{1,64}");
    assertThat(line.time()).isEqualTo(record.path("time").asText());
    assertThat(line.proxy().name()).isEqualTo("A");
    assertThat(line.method()).isEqualTo("POST");
    assertThat(line.path()).isEqualTo("/api/x%20y");
    assertThat(line.status()).isEqualTo(201);
    assertThat(line.result()).isEqualTo("SUCCESS");
    assertThat(line.target()).isEqualTo(record.path("target").asText());
    assertThat(line.millis()).isEqualTo(record.path("millis").asLong());
  }

  @Test
  void messagesWithoutABodyHaveNone() throws Exception {
    trace();
    Head toClient;
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 204 None");
        toClient = client.readHead();
        assertThat(toClient.status()).isEqualTo(204);
      }
    }
    JsonNode record = record();
    assertThat(lines(record.path("toClient")))
        .containsExactlyInAnyOrderElementsOf(toClient.fields());
    for (String message : List.of("fromClient", "toTarget", "fromTarget", "toClient")) {
      assertThat(record.path(message).has("body")).as(message).isTrue();
      assertThat(record.path(message).path("body").isNull()).as(message).isTrue();
    }
  }

  @Test
  void chunksAreRecordedWithoutTheirFraming() throws Exception {
    trace();
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Transfer-Encoding: chunked");
        Peer upstream = upstreamConnection()) {
      client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
      upstream.readHead();
      StringBuilder got = new StringBuilder(upstream.readChunk());
      while (got.length() < 5) {
        got.append(upstream.readChunk());
      }
      upstream.readTrailers();
      upstream
          .sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
          .send("1\r\nx\r\n2\r\nyz\r\n0\r\n\r\n");
      client.readHead();
      StringBuilder answered = new StringBuilder(client.readChunk());
      while (answered.length() < 3) {
        answered.append(client.readChunk());
      }
      client.readTrailers();
    }
    JsonNode record = record();
    assertThat(lines(record.path("fromClient"))).contains("Transfer-Encoding: chunked");
    assertBody(record.path("fromClient"), "abcde", 5, true);
    assertBody(record.path("toTarget"), "abcde", 5, true);
    assertBody(record.path("fromTarget"), "xyz", 3, true);
    assertBody(record.path("toClient"), "xyz", 3, true);
  }

  @Test
  void requestOfHttp2IsRecordedAsItWentOverTheWire() throws Exception {
    trace();
    Head toTarget;
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              false,
              ":method",
              "POST",
              ":scheme",
              "http",
              ":path",
              "/api/y?q=1",
              ":authority",
              "g",
              "x-one",
              "1",
              "content-type",
              "text/plain");
      client.data(stream, "abc", false);
      client.data(stream, "def", true);
      try (Peer upstream = upstreamConnection()) {
        toTarget = upstream.readHead();
        StringBuilder got = new StringBuilder(upstream.readChunk());
        while (got.length() < 6) {
          got.append(upstream.readChunk());
        }
        upstream.readTrailers();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 2").send("xy");
        assertThat(client.outcome(stream).body()).isEqualTo("xy");
      }
    }
    JsonNode record = record();
    assertThat(record.path("protocol").asText()).isEqualTo("HTTP/2.0");
    assertThat(record.path("host").asText()).isEqualTo("g");
    assertThat(record.path("fromClient").path("target").asText()).isEqualTo("/api/y?q=1");
    assertThat(lines(record.path("fromClient"))).contains("x-one: 1", "content-type: text/plain");
    assertBody(record.path("fromClient"), "abcdef", 6, true);
    // The client of the upstream adds the framing, and has its own spelling of some names.
    assertThat(lines(record.path("toTarget")))
        .map(line -> line.toLowerCase(Locale.ROOT))
        .containsExactlyElementsOf(
            toTarget.fields().stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> !line.startsWith("transfer-encoding:"))
                .toList());
    assertBody(record.path("toTarget"), "abcdef", 6, true);
    assertBody(record.path("toClient"), "xy", 2, true);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return zipped.toByteArray();
  }

  private void answer(String coding, byte[] body) throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream
          .sendHead(
              "HTTP/1.1 200 OK",
              "Content-Type: text/plain; charset=utf-8",
              "Content-Encoding: " + coding,
              "Content-Length: " + body.length)
          .send(body);
      client.readHead();
      assertThat(client.readBytes(body.length)).isEqualTo(body);
    }
  }

  @Test
  void compressedBodyIsReadAndItsLengthIsThatOfTheWire() throws Exception {
    trace();
    byte[] zipped = gzip("\u00fcber " + "x".repeat(1000));
    answer("gzip", zipped);
    JsonNode record = record();
    assertBody(record.path("fromTarget"), "\u00fcber " + "x".repeat(1000), zipped.length, true);
    assertBody(record.path("toClient"), "\u00fcber " + "x".repeat(1000), zipped.length, true);
  }

  @Test
  void compressedBodyThatIsLargerThanTheBoundIsNotComplete() throws Exception {
    trace();
    byte[] zipped = gzip("x".repeat(100_000));
    answer("gzip", zipped);
    assertBody(record().path("toClient"), "x".repeat(BOUND), zipped.length, false);
  }

  @Test
  void bodyInACodingThatIsNotReadIsANote() throws Exception {
    trace();
    answer("br", new byte[] {1, 2, 3});
    assertBody(
        record().path("fromTarget"), "[left out: it is in a coding that is not read]", 3, false);
  }

  @Test
  void largeBodiesAreCutInUtf8AtACharacterAndTheirLengthIsTold() throws Exception {
    trace();
    int characters = 100_000;
    String sent = "x" + "\u00e9".repeat(characters);
    int length = 1 + 2 * characters;
    String received = "\u20ac".repeat(characters);
    try (Peer client = client()) {
      client.sendHead("PUT /api HTTP/1.1", "Host: g", "Content-Length: " + length).send(utf8(sent));
      try (Peer upstream = upstreamConnection()) {
        Head head = upstream.readHead();
        assertThat(upstream.readBody(head)).isEqualTo(utf8(sent));
        upstream
            .sendHead("HTTP/1.1 200 OK", "Content-Length: " + 3 * characters)
            .send(utf8(received));
        assertThat(client.readBody(client.readHead())).isEqualTo(utf8(received));
      }
    }
    JsonNode record = record();
    assertBody(record.path("fromClient"), sent.substring(0, BOUND / 2), length, false);
    assertBody(record.path("toTarget"), sent.substring(0, BOUND / 2), length, false);
    assertBody(record.path("fromTarget"), received.substring(0, BOUND / 3), 3 * characters, false);
    assertBody(record.path("toClient"), received.substring(0, BOUND / 3), 3 * characters, false);
  }

  @Test
  void bodyOfExactlyTheBoundIsComplete() throws Exception {
    trace();
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: " + BOUND).send("y".repeat(BOUND));
      assertThat(client.readBody(client.readHead())).hasSize(BOUND);
    }
    assertBody(record().path("toClient"), "y".repeat(BOUND), BOUND, true);
  }

  @Test
  void responseThatBreaksOffIsRecordedAsFarAsItCame() throws Exception {
    trace();
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 10").send("abc");
        client.readHead();
        assertThat(client.read(3)).isEqualTo("abc");
        upstream.reset();
      }
      assertThat(client.isClosedByOther()).isTrue();
    }
    JsonNode record = record();
    assertThat(record.path("result").asText()).isEqualTo("ERROR");
    assertThat(record.path("error").asText()).isEqualTo("UPSTREAM_BROKE_OFF");
    assertThat(record.path("status").asInt()).isEqualTo(200);
    assertBody(record.path("fromTarget"), "abc", 3, false);
    assertBody(record.path("toClient"), "abc", 3, false);
  }

  @Test
  void clientThatLeavesGotNothing() throws Exception {
    trace();
    try (Peer client = client()) {
      client.sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 10").send("abc");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        assertThat(upstream.read(3)).isEqualTo("abc");
        client.reset();
        JsonNode record = record();
        assertThat(record.path("result").asText()).isEqualTo("ERROR");
        assertThat(record.path("status").asInt()).isZero();
        assertBody(record.path("fromClient"), "abc", 3, false);
        assertBody(record.path("toTarget"), "abc", 3, false);
        assertThat(record.path("fromTarget").isNull()).isTrue();
        assertThat(record.path("toClient").isNull()).isTrue();
        assertThat(record.path("times").path("response").isNull()).isTrue();
      }
    }
  }

  @Test
  void upstreamThatIsNotReachedHasNoMessages() throws Exception {
    trace();
    endUpstream();
    try (Peer client = client().sendHead("GET /api/x?q=1 HTTP/1.1", "Host: g")) {
      assertThat(client.readHead().status()).isEqualTo(502);
    }
    JsonNode record = record();
    assertThat(record.path("error").asText()).isEqualTo("UPSTREAM_UNREACHABLE");
    assertThat(record.path("target").asText()).isEqualTo(upstreamAddress() + "/x?q=1");
    assertThat(record.path("toTarget").isNull()).isTrue();
    assertThat(record.path("fromTarget").isNull()).isTrue();
    assertThat(record.path("toClient").path("status").asInt()).isEqualTo(502);
    assertThat(record.path("times").path("connection").isNumber()).isTrue();
    assertThat(record.path("times").path("upstream").isNull()).isTrue();
  }

  @Test
  void responseThatIsOfNoUseIsRecordedAsItCame() throws Exception {
    trace();
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 101 Switching", "Upgrade: other", "X-Two: 2");
      assertThat(client.readHead().status()).isEqualTo(502);
    }
    JsonNode record = record();
    assertThat(record.path("error").asText()).isEqualTo("UPSTREAM_INVALID_RESPONSE");
    assertThat(record.path("fromTarget").path("status").asInt()).isEqualTo(101);
    assertThat(lines(record.path("fromTarget"))).contains("X-Two: 2");
    assertThat(record.path("toClient").path("status").asInt()).isEqualTo(502);
  }

  @Test
  void answerOfAClosedApiWaitsForNoBodyAndNeitherDoesItsRecord() throws Exception {
    serve(false, traced(ProxyParts.NONE));
    try (Peer client = client()) {
      client.sendHead("POST /api/x?q=1 HTTP/1.1", "Host: g", "Content-Length: 100").send("abc");
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(503);
      assertThat(client.readBody(head)).isEqualTo("Back at six");
      // The client has sent a part of it, and sends no more until the record is there.
      JsonNode record = record();
      assertThat(record.path("result").asText()).isEqualTo("BLOCKED");
      assertThat(record.path("target").asText()).isEqualTo("apinizer://maintenance");
      assertThat(record.path("fromClient").path("target").asText()).isEqualTo("/api/x?q=1");
      assertThat(record.path("fromClient").path("body").path("complete").asBoolean()).isFalse();
      assertThat(record.path("fromClient").path("body").path("length").asInt()).isBetween(0, 3);
      assertThat(record.path("toTarget").isNull()).isTrue();
      assertThat(record.path("fromTarget").isNull()).isTrue();
      assertThat(lines(record.path("toClient"))).contains("Cache-Control: no-store");
      assertBody(record.path("toClient"), "Back at six", 11, true);
      assertThat(record.path("times").path("gate").isNumber()).isTrue();
      assertThat(record.path("times").path("connection").isNull()).isTrue();
      assertThat(record.path("times").path("upstream").isNull()).isTrue();
      assertThat(record.path("times").path("response").isNumber()).isTrue();
      client.send("x".repeat(97));
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      assertThat(client.readHead().status()).isEqualTo(503);
      await().atMost(LONG).until(() -> records().size() == 2);
    }
  }

  @Test
  void requestThatIsLetInIsMarkedAndItsTokenIsInNoRecord() throws Exception {
    String token = "imb_" + "t".repeat(43);
    serve(false, traced(new ProxyParts(List.of(bypass(token)))));
    try (Peer client =
            client().sendHead("GET /api HTTP/1.1", "Host: g", "Intermission-Bypass: " + token);
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
    JsonNode record = record();
    assertThat(record.path("passage").asText()).isEqualTo("bypassed");
    assertThat(record.path("result").asText()).isEqualTo("SUCCESS");
    assertThat(lines(record.path("fromClient"))).contains("Intermission-Bypass: ***");
    assertThat(record.toString()).doesNotContain(token);
  }

  @Test
  void handshakeOfAWebSocketIsRecorded() throws Exception {
    trace();
    try (Peer client =
            client()
                .sendHead(
                    "GET /api/socket HTTP/1.1",
                    "Host: g",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Sec-WebSocket-Version: 13");
        Peer upstream = upstreamConnection()) {
      Head toTarget = upstream.readHead();
      upstream
          .sendHead(
              "HTTP/1.1 101 Switching Protocols",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .send("\u0081\u0001x");
      Head toClient = client.readHead();
      assertThat(toClient.status()).isEqualTo(101);
      assertThat(client.read(3)).isEqualTo("\u0081\u0001x");
      JsonNode record = record();
      assertThat(record.path("result").asText()).isEqualTo("SUCCESS");
      assertThat(record.path("status").asInt()).isEqualTo(101);
      assertThat(lines(record.path("toTarget")))
          .containsExactlyInAnyOrderElementsOf(toTarget.fields());
      assertThat(record.path("fromTarget").path("status").asInt()).isEqualTo(101);
      assertThat(record.path("fromTarget").path("body").isNull()).isTrue();
      assertThat(lines(record.path("toClient")))
          .containsExactlyInAnyOrderElementsOf(toClient.fields());
      assertThat(record.path("toClient").path("body").isNull()).isTrue();
    }
  }

  @Test
  void requestOfNoApiLeavesNoRecord() throws Exception {
    trace();
    try (Peer client = client().sendHead("GET /none HTTP/1.1", "Host: g")) {
      assertThat(client.readHead().status()).isEqualTo(404);
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 204 None");
        client.readHead();
      }
    }
    assertThat(record().path("path").asText()).isEqualTo("/api");
  }
}

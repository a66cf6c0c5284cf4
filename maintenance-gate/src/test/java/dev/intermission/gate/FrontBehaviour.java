package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.MaintenanceSettings;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees, whatever front is before the gate. */
public abstract class FrontBehaviour extends CorsBehaviour {

  private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Returns the Content-Type that this server writes for a configured one. */
  protected String writtenAs(String contentType) {
    return contentType;
  }

  @Test
  void everyRequestPassesBeforeTheFirstSnapshot() throws Exception {
    assertThat(Wire.get(server.port(), "/api/v1").text()).isEqualTo("open");
  }

  @Test
  void gateThatFollowsAFeedRefusesRequestsBeforeTheFirstSnapshot() throws Exception {
    server.stop();
    Gate following = new Gate(GateOptions.FOR_FEED);
    server = start(following, passed);

    for (String target : new String[] {"/api/v1", "/", "/a;x=1"}) {
      Wire.Reply reply = Wire.get(server.port(), target);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.field("Retry-After")).isEqualTo("1");
      assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.text()).startsWith("The gateway is starting");
    }
    assertThat(passed).hasValue(0);

    following.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    assertThat(Wire.get(server.port(), "/api/v1").text()).isEqualTo("/api/v1");
    assertThat(Wire.get(server.port(), "/other").text()).isEqualTo("open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON",
        "text/html;  Charset=\"ISO-8859-1\"",
        "text/plain",
        "text/xml; charset=utf-8",
        "a/b; x=\"y;z\""
      })
  void contentTypeGoesOutByteForByte(String contentType) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", 503, contentType, "gone")));
    Wire.Reply reply = Wire.get(server.port(), "/api/v1");
    assertThat(reply.field("Content-Type")).isEqualTo(writtenAs(contentType));
    assertThat(reply.text()).isEqualTo("gone");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        200, 201, 202, 203, 206, 300, 301, 302, 307, 400, 401, 404, 405, 407, 416, 418, 426, 429,
        500, 503, 599
      })
  void anyAllowedStatusGoesOutWithTheConfiguredBody(int status) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", status, "text/plain", "gone")));
    Wire.Reply reply = Wire.get(server.port(), "/api/v1/x?y=z");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.field("Content-Length")).isEqualTo("4");
    assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.text()).isEqualTo("gone");
    assertThat(passed).hasValue(0);
  }

  private static final String CHALLENGE = "Maintenance realm=\"API is under maintenance\"";

  /** What HTTP demands with a status: each field, or null. */
  private void assertDemanded(
      int status, String message, String sent, @Nullable String field, @Nullable String value)
      throws Exception {
    gate.publish(
        Proxies.snapshot(
            gate.servedVersion() + 1, Proxies.closed("/a", status, "text/plain", message)));
    for (String method : new String[] {"GET", "HEAD"}) {
      Wire.Reply reply =
          Wire.exchange(server.port(), Wire.request(method, "/a", "X-Correlation-Id: 1234567"));
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.text()).isEqualTo(method.equals("HEAD") ? "" : sent);
      for (String one :
          new String[] {
            "Content-Range", "WWW-Authenticate", "Proxy-Authenticate", "Allow", "Upgrade"
          }) {
        assertThat(reply.field(one))
            .as("%s %s", status, one)
            .isEqualTo(one.equals(field) ? value : null);
      }
    }
  }

  @Test
  void statusGetsTheFieldThatHttpDemands() throws Exception {
    assertDemanded(206, "gone", "gone", "Content-Range", "bytes 0-3/4");
    assertDemanded(206, "", "", null, null);
    assertDemanded(401, "gone", "gone", "WWW-Authenticate", CHALLENGE);
    assertDemanded(405, "gone", "gone", "Allow", "");
    assertDemanded(407, "gone", "gone", "Proxy-Authenticate", CHALLENGE);
    assertDemanded(416, "gone", "gone", "Content-Range", "bytes */4");
    assertDemanded(416, "", "", "Content-Range", "bytes */0");
    assertDemanded(426, "gone", "gone", "Upgrade", "HTTP/2.0");
    assertDemanded(503, "gone", "gone", null, null);
  }

  @Test
  void rangeIsThatOfTheBytesThatAreSent() throws Exception {
    assertDemanded(206, "[#CORRELATIONID#]", "[1234567]", "Content-Range", "bytes 0-8/9");
    assertDemanded(416, "[#CORRELATIONID#]", "[1234567]", "Content-Range", "bytes */9");
    gate.publish(
        Proxies.snapshot(
            gate.servedVersion() + 1,
            Proxies.closed("/a", 206, "text/plain; charset=utf-16be", "\u00e4#CORRELATIONID#")));
    assertThat(Wire.get(server.port(), "/a", "X-Correlation-Id: x").field("Content-Range"))
        .isEqualTo("bytes 0-3/4");
  }

  @Test
  void upgradeIsAFieldOfTheConnectionAndKeepsItOpen() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a", 426, "text/plain", "gone")));
    try (Wire wire = new Wire(server.port())) {
      for (int round = 0; round < 2; round++) {
        wire.send(Wire.request("GET", "/a"));
        Wire.Reply reply = wire.read(false);
        assertThat(reply.field("Connection")).isEqualTo("Upgrade");
        assertThat(reply.field("Upgrade")).isEqualTo("HTTP/2.0");
      }
      wire.send(Wire.request("POST", "/a", "Content-Length: 1000000"));
      assertThat(
              wire.read(false).fields().stream()
                  .filter(line -> line.startsWith("Connection: "))
                  .flatMap(line -> Stream.of(line.substring("Connection: ".length()).split(", *"))))
          .containsExactlyInAnyOrder("Upgrade", "close");
    }
  }

  @Test
  void upgradeIsNotInHttp10() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a", 426, "text/plain", "gone")));
    Wire.Reply reply = Wire.exchange(server.port(), "GET /a HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assertThat(reply.status()).isEqualTo(426);
    assertThat(reply.field("Upgrade")).isNull();
    assertThat(reply.text()).isEqualTo("gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/grpc", "application/grpc+proto"})
  void callOfGrpcGetsWhatItsClientCanRead(String type) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a", 405, "text/plain", "#CORRELATIONID#")));
    try (Wire wire = new Wire(server.port())) {
      for (int round = 0; round < 2; round++) {
        wire.send(
            Wire.request(
                "POST",
                "/a/b",
                "Content-Type: " + type,
                "X-Correlation-Id: x",
                "Content-Length: 5"));
        wire.send("12345");
        Wire.Reply reply = wire.read(false);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.field("Content-Type")).isEqualTo("application/grpc");
        assertThat(reply.field("grpc-status")).isEqualTo("14");
        assertThat(reply.field("grpc-message")).isEqualTo("API is under maintenance");
        assertThat(reply.field("Content-Length")).isEqualTo("0");
        assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.field("X-Correlation-Id")).isEqualTo("x");
        assertThat(reply.field("Allow")).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/grpc-web", "application/grpc-web+proto", "application/json"})
  void otherRequestGetsTheConfiguredAnswer(String type) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a")));
    Wire.Reply reply = Wire.get(server.port(), "/a", "Content-Type: " + type);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.field("grpc-status")).isNull();
    assertThat(reply.text()).isEqualTo("/a");
  }

  @Test
  void gateThatKnowsNothingYetTellsGrpcSo() throws Exception {
    server.stop();
    server = start(new Gate(GateOptions.FOR_FEED), passed);
    Wire.Reply reply = Wire.get(server.port(), "/a", "Content-Type: application/grpc");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("grpc-status")).isEqualTo("14");
    assertThat(reply.field("grpc-message")).isEqualTo("The gateway is starting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "[#CORRELATIONID#]"})
  void correlationIdComesBackByBothNames(String message) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a", 503, "text/plain", message)));
    for (String[] sent :
        new String[][] {
          {"X-Correlation-Id: my-7"},
          {"APINIZER-CORRELATION-ID: my-7"},
          {"apinizer-correlation-id: other", "x-correlation-id: my-7"},
          {"X-Correlation-Id: my-7", "APINIZER-CORRELATION-ID: other"},
          {"X-Correlation-Id: not one", "APINIZER-CORRELATION-ID: my-7"}
        }) {
      Wire.Reply reply = Wire.get(server.port(), "/a", sent);
      assertThat(reply.field("X-Correlation-Id")).isEqualTo("my-7");
      assertThat(reply.field("APINIZER-CORRELATION-ID")).isEqualTo("my-7");
      assertThat(reply.text()).isEqualTo(message.replace("#CORRELATIONID#", "my-7"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Other: x", "X-Correlation-Id: a b", "APINIZER-CORRELATION-ID: a b"})
  void correlationIdIsMadeOnlyWhereTheMessageHasIt(String sent) throws Exception {
    gate.publish(
        Proxies.snapshot(
            1,
            Proxies.closed("/a", 503, "text/plain", "gone"),
            Proxies.closed("/b", 503, "text/plain", "#CORRELATIONID#")));
    Wire.Reply without = Wire.get(server.port(), "/a", sent);
    assertThat(without.field("X-Correlation-Id")).isNull();
    assertThat(without.field("APINIZER-CORRELATION-ID")).isNull();

    Wire.Reply with = Wire.get(server.port(), "/b", sent);
    assertThat(with.text()).matches(UUID_PATTERN);
    assertThat(with.field("X-Correlation-Id")).isEqualTo(with.text());
    assertThat(with.field("APINIZER-CORRELATION-ID")).isEqualTo(with.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "WEIRD"})
  void everyMethodIsAnswered(String method) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    Wire.Reply reply =
        Wire.exchange(server.port(), Wire.request(method, "/api/v1", "Content-Length: 0"));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(passed).hasValue(0);
  }

  @Test
  void headGetsTheSameFieldsWithoutABody() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", 429, "text/plain", "gone")));
    try (Wire wire = new Wire(server.port())) {
      wire.send(Wire.request("HEAD", "/api/v1"));
      Wire.Reply head = wire.read(true);
      assertThat(head.status()).isEqualTo(429);
      assertThat(head.field("Content-Length")).isEqualTo("4");
      assertThat(head.field("Content-Type")).isEqualTo("text/plain");
      assertThat(head.field("Cache-Control")).isEqualTo("no-store");
      wire.send(Wire.request("GET", "/api/v1"));
      assertThat(wire.read(false).text()).isEqualTo("gone");
    }
  }

  @Test
  void emptyMessageIsAnEmptyBody() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", 503, "text/plain", "")));
    Wire.Reply reply = Wire.get(server.port(), "/api/v1");
    assertThat(reply.field("Content-Length")).isEqualTo("0");
    assertThat(reply.field("Content-Type")).isEqualTo("text/plain");
  }

  @Test
  void messageIsEncodedInItsCharset() throws Exception {
    String message = "zurück um 6 \ud83d\ude00";
    gate.publish(
        Proxies.snapshot(
            1,
            Proxies.closed("/a", 503, "text/plain", message),
            Proxies.closed(
                "/b", 503, "text/plain; charset=utf-16be", message + "#CORRELATIONID#")));
    assertThat(Wire.get(server.port(), "/a").body()).isEqualTo(message.getBytes(UTF_8));
    assertThat(Wire.get(server.port(), "/b", "X-Correlation-Id: x").body())
        .isEqualTo((message + "x").getBytes(UTF_16BE));
  }

  @Test
  void defaultMessageIsAFaultWithItsPlaceholdersFilledIn() throws Exception {
    MaintenanceSettings fault = MaintenanceSettings.DEFAULT;
    gate.publish(
        Proxies.snapshot(
            1, Proxies.closed("/api/v1", 403, fault.contentType().value(), fault.message())));
    assertThat(Wire.get(server.port(), "/api/v1", "X-Correlation-Id: my-7").text())
        .isEqualTo(
            """
            {"fault":{"correlationId":"my-7","faultCode":"API_UNDER_MAINTENANCE",\
            "faultString":"API is under maintenance","faultStatusCode":"403","responseFromApi":""}}""");
    assertThat(Wire.get(server.port(), "/api/v1").text())
        .matches("\\{\"fault\":\\{\"correlationId\":\"" + UUID_PATTERN + "\",.*");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, a\\\"b\\\\c<d>&#FAULTCODE#",
    "application/problem+json; x=y, a\\\"b\\\\c<d>&#FAULTCODE#",
    "text/html, a&quot;b\\c&lt;d&gt;&amp;#FAULTCODE#",
    "application/soap+xml, a&quot;b\\c&lt;d&gt;&amp;#FAULTCODE#",
    "text/plain, a\"b\\c<d>&#FAULTCODE#"
  })
  void valueIsEscapedForTheTypeAndNotSearchedForPlaceholders(String type, String written)
      throws Exception {
    gate.publish(
        Proxies.snapshot(
            1, Proxies.closed("/a", 503, type, "[#CORRELATIONID#|#FAULTSTATUSCODE#|#OTHER#|##]")));
    Wire.Reply reply = Wire.get(server.port(), "/a", "X-Correlation-Id: a\"b\\c<d>&#FAULTCODE#");
    assertThat(reply.text()).isEqualTo("[" + written + "|503|#OTHER#|##]");
    assertThat(reply.field("Content-Length")).isEqualTo(Integer.toString(reply.body().length));
  }

  @Test
  void firstLinesAreThoseOfTheWholeTexts() throws Exception {
    gate.publish(
        Proxies.snapshot(
            1,
            Proxies.closed(
                "/a",
                503,
                "text/plain",
                "#FAULTMESSAGE_FIRSTLINE#|#RESPONSEFROMAPI_FIRSTLINE#|#FAULTCODE_FIRSTLINE#")));
    assertThat(Wire.get(server.port(), "/a").text())
        .isEqualTo("API is under maintenance||#FAULTCODE_FIRSTLINE#");
  }

  @Test
  void unusableCorrelationIdIsReplaced() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a", 503, "text/plain", "#CORRELATIONID#")));
    for (String sent : new String[] {"", "a b", "\u00e4", "x".repeat(129)}) {
      assertThat(Wire.get(server.port(), "/a", "X-Correlation-Id: " + sent).text())
          .matches(UUID_PATTERN);
    }
    String longest = "x".repeat(128);
    assertThat(Wire.get(server.port(), "/a", "X-Correlation-Id: " + longest).text())
        .isEqualTo(longest);
  }

  /** The refusal tells nobody whether an API is closed: it is the same in each state. */
  @Test
  void pathWithTooManyDoubtsIsRefusedOpenOrClosed() throws Exception {
    String path = "/b" + "/;".repeat(400);
    String refusal = refusal(path);
    assertThat(refusal).contains("\"faultCode\":\"AMBIGUOUS_PATH\"", "\"correlationId\":\"my-7\"");
    gate.publish(Proxies.snapshot(1, Proxies.open("/b")));
    assertThat(refusal(path)).isEqualTo(refusal);
    gate.publish(Proxies.snapshot(2, Proxies.open("/b"), Proxies.closed("/a")));
    assertThat(refusal(path)).isEqualTo(refusal);
    gate.publish(Proxies.snapshot(3, Proxies.closed("/b")));
    assertThat(refusal(path)).isEqualTo(refusal);
    assertThat(passed).hasValue(0);
  }

  private String refusal(String path) throws Exception {
    Wire.Reply reply = Wire.get(server.port(), path, "X-Correlation-Id: my-7");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.field("Content-Type")).isEqualTo(writtenAs("application/json; charset=utf-8"));
    return reply.text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1",
        "/api/v1/",
        "/api/v1/a/b",
        "/api/v1?q",
        "//api/v1",
        "/api//v1",
        "/api///v1/a",
        "/./api/v1",
        "/api/./v1",
        "/api/x/../v1",
        "/open/../api/v1",
        "/api;x=1/v1",
        "/api/v1;x=1",
        "/api/v1;/a",
        "/%61pi/v1",
        "/api/%76%31",
        "/api/v1/%2e",
        "/api/v1/.",
        "/;/api/v1",
        "/%61%70%69/v1",
        "http://localhost/api/v1",
        "http://localhost//api/./v1"
      })
  void everySpellingOfAClosedPathIsAnswered(String target) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1"), Proxies.open("/open")));
    Wire.Reply reply = Wire.get(server.port(), target);
    assertThat(reply.status()).as(reply.statusLine()).isEqualTo(503);
    assertThat(reply.text()).isEqualTo("/api/v1");
    assertThat(passed).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/%2e%2e/api/v1",
        "/open/.%2E/api/v1",
        "/open/..;/api/v1",
        "/open/..;x=1/api/v1",
        "/open/%2e%2e;a/api/v1",
        "/api%2Fv1",
        "/api%2fv1/a",
        "/%2Fapi/v1",
        "/open%2F..%2Fapi/v1",
        "/open/..%2Fapi/v1",
        "/open/a/..%2F..%2Fapi/v1",
        "/api\\v1",
        "/api%5Cv1",
        "/api%5cv1",
        "/open/..\\..\\api/v1",
        "/open/..%5capi/v1",
        "/open/..%2Fapi/v1/x%5C..%5C..%5C..%5Cy",
        "/open/x%5Cy/..%2F..%2Fapi/v1",
        "/open/..%2Fapi/v1////..%2F..%2Fx",
        "/api%2fv1%2f..;%2f..%2f..%2forders",
        "/api/v1/..;/..;/open",
        "/api/v1/.;/..%2f..%2fopen",
        "/api/v1%2f..%2f..%2fopen/y",
        "/api/v1%252f..%252f..%252fopen",
        "/open/..;x=1%2fapi/v1",
        "/open/%u002e%u002e/api/v1",
        "/open/%c0%ae%c0%ae/api/v1",
        "/open/.%ff./api/v1",
        "/open/..%255capi/v1",
        "/api/v%25%33%31",
        "/api/v1%3Fx",
        "http://other.example/api/v1",
        "/api/v1%3Bx",
        "/%2e%2e/api/v1",
        "/../api/v1"
      })
  void ambiguousSpellingOfAClosedPathNeverPasses(String target) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1"), Proxies.open("/open")));
    assertThat(Wire.get(server.port(), target).status()).isIn(503, 400);
    assertThat(passed).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v10",
        "/api/v1x",
        "/api",
        "/",
        "/API/v1",
        "/open/api/v1",
        "/api/v1/../v2",
        "/api/v1.x",
        "/open/https://host/api/v1",
        "/open;v=1/api/v1",
        "/open/100%25/caf%C3%A9"
      })
  void neighbourPasses(String target) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1"), Proxies.open("/open")));
    assertThat(Wire.get(server.port(), target).text()).isEqualTo("open");
    assertThat(passed).hasValue(1);
  }

  /** Some servers refuse these themselves. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/https%3A%2F%2Fhost%2Fa",
        "/open/https%3A%2F%2Fhost%2Fapi%2Fv1",
        "/open/a%2F..%2Fb",
        "/open/a%5Cb%3Bc"
      })
  void legitimateEncodedPathIsNotAnswered(String target) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1"), Proxies.open("/open")));
    assertThat(Wire.get(server.port(), target).status()).isIn(200, 400);
  }

  @Test
  void longestPathDecides() throws Exception {
    gate.publish(
        Proxies.snapshot(
            1,
            Proxies.closed("/"),
            Proxies.open("/api"),
            Proxies.closed("/api/v1"),
            Proxies.open("/api/v1/x")));
    assertThat(Wire.get(server.port(), "/").text()).isEqualTo("/");
    assertThat(Wire.get(server.port(), "/other").text()).isEqualTo("/");
    assertThat(Wire.get(server.port(), "/api/v2").text()).isEqualTo("open");
    assertThat(Wire.get(server.port(), "/api/v1/y").text()).isEqualTo("/api/v1");
    assertThat(Wire.get(server.port(), "/api/v1/x/y").text()).isEqualTo("open");
  }

  @Test
  void olderSnapshotIsNeverPutInForce() throws Exception {
    gate.publish(Proxies.snapshot(7, Proxies.closed("/api/v1")));
    gate.publish(Proxies.snapshot(6));
    assertThat(gate.servedVersion()).isEqualTo(7);
    assertThat(Wire.get(server.port(), "/api/v1").status()).isEqualTo(503);
    gate.publish(Proxies.snapshot(8));
    assertThat(Wire.get(server.port(), "/api/v1").text()).isEqualTo("open");
  }

  @Test
  void smallBodyIsDroppedAndTheConnectionKept() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", 429, "text/plain", "gone")));
    try (Wire wire = new Wire(server.port())) {
      for (int round = 0; round < 3; round++) {
        wire.send(Wire.request("POST", "/api/v1", "Content-Length: 5000"));
        wire.send("x".repeat(5_000));
        Wire.Reply reply = wire.read(false);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.field("Connection")).isNull();
      }
    }
  }

  @Test
  void answerDoesNotWaitForTheBody() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Wire wire = new Wire(server.port())) {
      wire.send(Wire.request("POST", "/api/v1", "Content-Length: 1000000"));
      Wire.Reply reply = wire.read(false);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.field("Connection")).isEqualToIgnoringCase("close");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientThatSendsAllBeforeItReadsGetsTheAnswer(boolean chunked) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Wire wire = new Wire(server.port())) {
      byte[] part = "x".repeat(1 << 16).getBytes(UTF_8);
      wire.send(
          Wire.request(
              "POST",
              "/api/v1",
              chunked ? "Transfer-Encoding: chunked" : "Content-Length: 10485760"));
      for (int sent = 0; sent < 160; sent++) {
        if (chunked) {
          wire.send("10000\r\n");
        }
        wire.send(part);
        if (chunked) {
          wire.send("\r\n");
        }
      }
      if (chunked) {
        wire.send("0\r\n\r\n");
      }
      Wire.Reply reply = wire.read(false);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).isEqualTo("/api/v1");
      assertThat(wire.isClosedByServer()).isTrue();
    }
  }

  @Test
  void clientThatExpectsA100GetsTheFinalAnswerAlone() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Wire wire = new Wire(server.port())) {
      wire.send(Wire.request("POST", "/api/v1", "Content-Length: 100", "Expect: 100-continue"));
      assertThat(wire.read(false).status()).isEqualTo(503);
    }
  }
}

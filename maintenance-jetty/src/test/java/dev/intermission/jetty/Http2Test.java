package dev.intermission.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Stillness;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler by HTTP/2. */
class Http2Test {

  private static final byte[] PART = new byte[16_384];

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private JettyServer server;
  private Http2Client client;

  @BeforeEach
  void start() throws Exception {
    server = new JettyServer(gate, new EchoHandler());
    client = new Http2Client(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json; charset=utf-8", "Text/HTML;  Charset=\"UTF-8\""})
  void closedProxyGetsTheAnswerAsConfigured(String contentType) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", 429, contentType, "gone")));
    Http2Client.Reply reply = client.get("/api/v1/x?y=z");
    assertThat(reply.head().getStatus()).isEqualTo(429);
    assertThat(reply.field("content-type")).isEqualTo(contentType);
    assertThat(reply.field("cache-control")).isEqualTo("no-store");
    assertThat(reply.field("content-length")).isEqualTo("4");
    assertThat(reply.text()).isEqualTo("gone");
  }

  @Test
  void headGetsTheSameFieldsWithoutABody() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1", 503, "text/plain", "gone")));
    Http2Client.Reply reply = client.start("HEAD", "/api/v1", HttpFields.EMPTY, false).reply();
    assertThat(reply.head().getStatus()).isEqualTo(503);
    assertThat(reply.field("content-length")).isEqualTo("4");
    assertThat(reply.text()).isEmpty();
  }

  @Test
  void messageWithPlaceholdersIsFilledInForEachRequest() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a", 503, "text/plain", "#CORRELATIONID#")));
    for (String id : new String[] {"one", "another"}) {
      HttpFields fields = HttpFields.build().add("x-correlation-id", id).asImmutable();
      Http2Client.Reply reply = client.start("GET", "/a", fields, false).reply();
      assertThat(reply.text()).isEqualTo(id);
      assertThat(reply.field("content-length")).isEqualTo(Integer.toString(id.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {206, 401, 405, 407, 416, 426})
  void statusGetsTheFieldThatHttpDemandsButNoneOfTheConnection(int status) throws Exception {
    gate.publish(
        Proxies.snapshot(1, Proxies.closed("/a", status, "text/plain", "#CORRELATIONID#")));
    HttpFields sent = HttpFields.build().add("apinizer-correlation-id", "my-7").asImmutable();
    Http2Client.Reply reply = client.start("GET", "/a", sent, false).reply();
    DemandedFields.assertIn(reply, status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000", ""})
  void answerDoesNotWaitForTheBodyAndEndsOnlyItsStream(String length) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Http2Wire wire = new Http2Wire(server.port())) {
      for (int stream = 1; stream < 7; stream += 2) {
        wire.startPost(stream, "/api/v1", length);
        assertThat(wire.next(stream).type()).isEqualTo(Http2Wire.HEADERS);
        Http2Wire.Frame body = wire.next(stream);
        assertThat(body.type()).isEqualTo(Http2Wire.DATA);
        assertThat(body.flags()).isEqualTo(Http2Wire.END_STREAM);
        assertThat(new String(body.payload(), UTF_8)).isEqualTo("/api/v1");
        Http2Wire.Frame reset = wire.next(stream);
        assertThat(reset.type()).isEqualTo(Http2Wire.RST_STREAM);
        assertThat(reset.payload()).isEqualTo(new byte[4]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", ""})
  void smallBodyIsDroppedAndItsStreamNotReset(String length) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Http2Wire wire = new Http2Wire(server.port())) {
      for (int stream = 1; stream < 7; stream += 2) {
        wire.startPost(stream, "/api/v1", length);
        assertThat(wire.next(stream).type()).isEqualTo(Http2Wire.HEADERS);
        assertThat(wire.next(stream).type()).isEqualTo(Http2Wire.DATA);
        wire.data(stream, "12345".getBytes(UTF_8), true);
      }
      wire.startPost(7, "/open", "");
      wire.data(7, "through".getBytes(UTF_8), true);
      List<Integer> types = new ArrayList<>();
      for (Http2Wire.Frame frame = wire.next(); frame.stream() != 7; frame = wire.next()) {
        types.add(frame.type());
      }
      assertThat(types).doesNotContain(Http2Wire.RST_STREAM);
    }
  }

  /** More than the connection's window would hold, were what is dropped not given back. */
  @ParameterizedTest
  @ValueSource(strings = {"1000000", ""})
  void droppedBodiesDoNotUseUpTheConnection(String length) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Http2Wire wire = new Http2Wire(server.port())) {
      for (int stream = 1; stream < 60; stream += 2) {
        wire.startPost(stream, "/api/v1", length);
        for (int part = 0; part < 5; part++) {
          wire.data(stream, PART, false);
        }
        assertThat(wire.next(stream).type()).as("stream " + stream).isEqualTo(Http2Wire.HEADERS);
        assertThat(wire.next(stream).type()).isEqualTo(Http2Wire.DATA);
        assertThat(wire.next(stream).type()).isEqualTo(Http2Wire.RST_STREAM);
      }
    }
  }

  /** Jetty calls back for the content of a CONNECT at once, and never has any. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectIsAnsweredAndNothingWaitsForItsContent(boolean ended) throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    try (Http2Wire wire = new Http2Wire(server.port())) {
      wire.start(1, "CONNECT", "/api/v1", "localhost", ended);
      assertThat(wire.next(1).type()).isEqualTo(Http2Wire.HEADERS);
      assertThat(wire.next(1).type()).isEqualTo(Http2Wire.DATA);
      Stillness.awaitIt();
    }
  }

  @Test
  void hostIsTheAuthorityWhereThereIsNone() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closedAt("a.example", "/api/v1")));
    try (Http2Wire wire = new Http2Wire(server.port())) {
      wire.start(1, "GET", "/api/v1", "a.example:81", true);
      assertThat(wire.next(1).type()).isEqualTo(Http2Wire.HEADERS);
      assertThat(new String(wire.next(1).payload(), UTF_8)).isEqualTo("/api/v1");
      wire.start(3, "GET", "/api/v1", "b.example", true);
      assertThat(wire.next(3).type()).isEqualTo(Http2Wire.HEADERS);
      assertThat(new String(wire.next(3).payload(), UTF_8)).isEqualTo("GET ");
    }
  }

  @Test
  void closedAndOpenStreamsShareAConnection() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/api/v1")));
    List<Http2Client.Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      exchanges.add(client.start("GET", i % 2 == 0 ? "/api/v1" : "/open", HttpFields.EMPTY, false));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(exchanges.get(i).reply().text()).isEqualTo(i % 2 == 0 ? "/api/v1" : "GET ");
    }
  }

  @Test
  void largeBodyStreamsThroughToAnOpenProxy() throws Exception {
    Http2Client.Exchange upload = client.start("POST", "/open", HttpFields.EMPTY, true);
    byte[] letters = "x".repeat(PART.length).getBytes(UTF_8);
    for (int part = 0; part < 64; part++) {
      upload.send(letters, part == 63);
    }
    assertThat(upload.reply().text()).isEqualTo("POST " + "x".repeat(64 * PART.length));
  }
}

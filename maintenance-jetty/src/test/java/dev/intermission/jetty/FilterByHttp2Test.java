package dev.intermission.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Stillness;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter where Jetty speaks HTTP/2. */
class FilterByHttp2Test {

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private JettyServer server;

  @BeforeEach
  void start() throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    FilterHolder filter = new FilterHolder(new MaintenanceFilter(gate));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    server = new JettyServer(new Gate(GateOptions.DEFAULTS), context);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

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
    }
  }

  /** Where Jetty takes the path for a host, the body of the request can't be dropped. */
  @Test
  void pathThatLooksLikeAHostIsAnswered() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/")));
    try (Http2Wire wire = new Http2Wire(server.port())) {
      wire.startPost(1, "//;[/x", "1000000");
      assertThat(wire.next(1).type()).isEqualTo(Http2Wire.HEADERS);
      assertThat(new String(wire.next(1).payload(), UTF_8)).isEqualTo("/");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {206, 401, 405, 407, 416, 426})
  void statusGetsTheFieldThatHttpDemandsButNoneOfTheConnection(int status) throws Exception {
    gate.publish(
        Proxies.snapshot(1, Proxies.closed("/a", status, "text/plain", "#CORRELATIONID#")));
    HttpFields sent = HttpFields.build().add("apinizer-correlation-id", "my-7").asImmutable();
    Http2Client.Reply reply;
    try (Http2Client client = new Http2Client(server.port())) {
      reply = client.start("GET", "/a", sent, false).reply();
    }
    DemandedFields.assertIn(reply, status);
  }
}

package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.RunningGateway;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway answers itself, so that no upstream sees it. */
abstract class ForGatewayBehaviour extends ProxyFixture {

  private Head answer(String... lines) throws IOException {
    try (Peer client = client().sendHead(lines)) {
      return client.readHead();
    }
  }

  private void assertFault(int status, String code, String... lines) throws IOException {
    try (Peer client = client().sendHead(lines)) {
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(status);
      assertThat(client.readBody(head)).contains("\"faultCode\":\"" + code + "\"");
    }
  }

  @Test
  void optionsOfTheServerItselfAreAnswered() throws IOException {
    Head head = answer("OPTIONS * HTTP/1.1", "Host: g");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.value("Content-Length")).isEqualTo("0");
    assertThat(head.value("Allow")).contains("GET", "OPTIONS").doesNotContain("TRACE");
  }

  @Test
  void otherMethodsOfTheServerItselfAreRefused() throws IOException {
    assertThat(answer("GET * HTTP/1.1", "Host: g").status()).isEqualTo(400);
  }

  /** It belongs to no API, so that of a closed one at the root has no say in it. */
  @Test
  void optionsOfTheServerItselfPassTheGateOfAClosedRoot() {
    ApiProxy root = RunningGateway.proxy("Root", "/", "http://127.0.0.1:1");
    MaintenanceSettings closed =
        new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "Back at six");
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(new Snapshot("e", 1, Map.of(root.id(), new DeployedProxy(root, 1, closed))));
    assertThat(gate.current().answer(null, "/x")).isNotNull();
    assertThat(gate.current().answer(null, "*")).isNull();
  }

  @Test
  void requestThatMayNotBeForwardedIsAnswered() throws IOException {
    assertThat(answer("OPTIONS /api HTTP/1.1", "Host: g", "Max-Forwards: 0").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"TRACE, /api", "TRACE, /else"})
  void traceIsRefused(String method, String target) throws IOException {
    Head head = answer(method + " " + target + " HTTP/1.1", "Host: g", "Max-Forwards: 0");
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.value("Allow")).doesNotContain("TRACE");
  }

  @Test
  void targetThatIsNotUtf8IsRefused() throws IOException {
    assertFault(400, "INVALID_TARGET", "GET /api/\u00e4 HTTP/1.1", "Host: g");
    assertFault(400, "INVALID_TARGET", "GET /api?\u00ff HTTP/1.1", "Host: g");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "x, chunked", "chunked, chunked"})
  void unknownTransferCodingIsRefused(String coding) throws IOException {
    assertThat(answer("POST /api HTTP/1.1", "Host: g", "Transfer-Encoding: " + coding).status())
        .isIn(400, 501);
  }

  @Test
  void codingThatIsNotChunkedIsNotImplemented() throws IOException {
    assertFault(
        501,
        "UNKNOWN_TRANSFER_CODING",
        "POST /api HTTP/1.1",
        "Host: g",
        "Transfer-Encoding: gzip, chunked");
  }

  @Test
  void requestThatComesBackIsALoopAndOneOfAnotherGatewayIsNone() throws IOException {
    String via;
    try (Peer client =
            client().sendHead("GET /api HTTP/1.1", "Host: g", "Via: 1.1 intermission-00000000");
        Peer upstream = upstreamConnection()) {
      via = upstream.readHead().value("Via");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
    assertThat(via).startsWith("1.1 intermission-00000000, 1.1 intermission-");
    assertFault(508, "LOOP_DETECTED", "GET /api HTTP/1.1", "Host: g", "Via: " + via);
    assertFault(
        508, "LOOP_DETECTED", "GET /api HTTP/1.1", "Host: g", "Via: " + via + ", 1.1 another");
  }
}

package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the management port that mean no good, while others go about their work. */
class AbuseTest extends DemoTest {

  /** More than the listener has threads. */
  private static final int SLOW = 50;

  private static final int HAMMERS = 4;
  private static final int ROUNDS = 10;

  AbuseTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, AbuseTest::patient));
  }

  /** So that nobody is let in because a slow client was cut off. */
  private static GatewayConfig patient(GatewayConfig config) {
    return RunningGateway.with(
        config,
        traffic -> traffic,
        admin ->
            new ListenerConfig(
                admin.host(),
                admin.port(),
                admin.maxConnections(),
                admin.maxHeaderBytes(),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                admin.http2(),
                admin.tls()),
        upstream -> upstream);
  }

  private List<Wire> begin(String part) throws IOException {
    List<Wire> begun = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      Wire wire = new Wire(gateway.adminPort());
      begun.add(wire);
      wire.send(part);
    }
    return begun;
  }

  private int hammer(AtomicBoolean working) throws IOException {
    Operator nobody = Operator.nobody(gateway.adminPort());
    int sent = 0;
    while (working.get()) {
      Envelope.clientError(operator.patch("[".repeat(100_000)));
      Envelope.clientError(operator.patch("{\"message\":\"" + "x".repeat(1 << 20) + "\"}"));
      Envelope.clientError(operator.get(Operator.PROXIES + "x".repeat(10_000)));
      Envelope.clientError(nobody.patch("{\"enabled\":true}"));
      sent += 4;
    }
    return sent;
  }

  private void closeAndOpen() throws IOException {
    assertThat(Operator.text(operator.patch(CLOSE))).isEqualTo(DEPLOYED);
    assertClosed("/api/v1");
    assertOpen("/petstore");
    assertThat(Operator.text(operator.patch(CLOSE.replace("true, \"h", "false, \"h"))))
        .isEqualTo(DEPLOYED);
    assertOpen("/api/v1");
  }

  @Test
  void othersAreServedWhileClientsAreSlowToSend() throws Exception {
    List<Wire> heads = begin("PATCH " + Operator.MODE + " HTTP/1.1\r\nHost: a\r\nX-");
    List<Wire> bodies =
        begin(
            Wire.request(
                    "POST",
                    "/apiops/auth/token",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 12")
                + "grant");
    try {
      closeAndOpen();
      for (Wire wire : heads) {
        wire.send("End: 1\r\n\r\n");
        assertThat(Envelope.clientError(wire.read(false))).startsWith("Empty Key!");
      }
      for (Wire wire : bodies) {
        wire.send("_type=x");
        assertThat(Envelope.clientError(wire.read(false))).startsWith("GrantType value must be");
      }
    } finally {
      for (Wire wire : heads) {
        wire.close();
      }
      for (Wire wire : bodies) {
        wire.close();
      }
    }
  }

  @Test
  void othersAreServedWhileClientsSendNonsense() throws Exception {
    ExecutorService hammers = Executors.newFixedThreadPool(HAMMERS);
    AtomicBoolean working = new AtomicBoolean(true);
    try {
      List<Future<Integer>> hammering = new ArrayList<>();
      for (int i = 0; i < HAMMERS; i++) {
        hammering.add(hammers.submit(() -> hammer(working)));
      }
      for (int i = 0; i < ROUNDS; i++) {
        closeAndOpen();
      }
      working.set(false);
      for (Future<Integer> each : hammering) {
        assertThat(each.get()).isPositive();
      }
    } finally {
      hammers.shutdownNow();
    }
  }
}

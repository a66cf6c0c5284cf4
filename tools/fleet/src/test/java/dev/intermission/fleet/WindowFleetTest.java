package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A window begins and ends while there is nobody who could tell the gateways. */
@Tag("slow")
class WindowFleetTest {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration TO_DEPLOY_AND_KILL = Duration.ofSeconds(20);
  private static final Duration TO_START_A_NODE = Duration.ofSeconds(60);
  private static final Operator.Reply CLOSED = new Operator.Reply(503, "back soon");

  private final Path folder = Path.of("target", "window-fleet-" + System.nanoTime());

  @Test
  void gatewaysCloseAndOpenByThemselvesWithoutAdminSideAndStore() throws Exception {
    try (Fleet fleet = Fleet.start(folder, FleetPorts.free(), 1, 3, null)) {
      Operator operator = new Operator(fleet.token());
      FleetNode alive = fleet.gateway(0);
      FleetNode offAtTheStart = fleet.gateway(1);
      FleetNode offAtStartAndEnd = fleet.gateway(2);
      for (FleetNode node : fleet.nodes()) {
        node.awaitReady(LONG);
      }
      Instant startsAt = Instant.now().plus(TO_DEPLOY_AND_KILL).truncatedTo(ChronoUnit.SECONDS);
      Operator.Reply reply =
          operator.patch(fleet.admin(0), "petstore-api", window(startsAt, TO_START_A_NODE));
      assertThat(reply.everywhere()).as(reply.body()).isTrue();
      assertThat(reply.body()).contains("gateway-1", "gateway-2", "gateway-3");
      assertThat(status(operator, alive)).isEqualTo(200);

      fleet.admin(0).kill();
      fleet.postgres().kill();
      offAtTheStart.kill();
      offAtStartAndEnd.kill();
      assertThat(Instant.now()).as("the window has not begun yet").isBefore(startsAt);

      awaitAnswer(operator, alive, CLOSED);
      offAtTheStart.start();
      awaitAnswer(operator, offAtTheStart, CLOSED);

      awaitOpen(operator, alive);
      awaitOpen(operator, offAtTheStart);
      offAtStartAndEnd.start();
      offAtStartAndEnd.awaitReady(LONG);
      assertThat(status(operator, offAtStartAndEnd)).isEqualTo(200);
    }
  }

  private static String window(Instant startsAt, Duration length) {
    return """
        {"enabled":true,"httpStatusCode":503,"contentType":"text/plain","message":"back soon",\
        "startsAt":"%s","endsAt":"%s","reopenAtEnd":true,\
        "deploy":true,"deployTargetEnvironmentNameList":["production"]}"""
        .formatted(startsAt, startsAt.plus(length));
  }

  private static int status(Operator operator, FleetNode node) throws Exception {
    return operator.client(node, "/petstore").status();
  }

  private static void awaitAnswer(Operator operator, FleetNode node, Operator.Reply answer) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(operator.client(node, "/petstore")).isEqualTo(answer));
  }

  private static void awaitOpen(Operator operator, FleetNode node) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(status(operator, node)).isEqualTo(200));
  }
}

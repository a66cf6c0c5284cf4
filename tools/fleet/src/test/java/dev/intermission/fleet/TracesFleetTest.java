package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests are traced while admin nodes and the store are killed. */
@Tag("slow")
class TracesFleetTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ON =
      """
      {"enableTraceLog":true,"environmentName":"production",\
      "deploy":true,"deployTargetEnvironmentNameList":["production"]}""";

  private final Path folder = Path.of("target", "traces-fleet-" + System.nanoTime());
  private int requests;

  @Test
  void eachRequestLeavesOneRecordWhoeverIsKilledMeanwhile() throws Exception {
    try (Fleet fleet = Fleet.start(folder, FleetPorts.free(), 2, 2, null)) {
      Operator operator = new Operator(fleet.token());
      for (FleetNode node : fleet.nodes()) {
        node.awaitReady(LONG);
      }
      Operator.Reply reply = operator.trace(fleet.admin(0), ON);
      assertThat(reply.everywhere()).as(reply.body()).isTrue();

      send(fleet, operator);
      awaitAll(operator, fleet.admin(1));

      fleet.admin(0).kill();
      send(fleet, operator);
      awaitAll(operator, fleet.admin(1));

      fleet.admin(0).start();
      fleet.admin(0).awaitReady(LONG);
      fleet.admin(1).kill();
      fleet.postgres().kill();
      send(fleet, operator);
      fleet.postgres().start();
      awaitAll(operator, fleet.admin(0));

      fleet.admin(1).start();
      fleet.admin(1).awaitReady(LONG);
      awaitAll(operator, fleet.admin(1));
    }
  }

  /** Sends some, fewer than a gateway records in a second. */
  private void send(Fleet fleet, Operator operator) throws Exception {
    for (int gateway = 0; gateway < 2; gateway++) {
      for (int i = 0; i < 8; i++) {
        operator.client(fleet.gateway(gateway), "/api/v1/" + requests);
        requests++;
      }
    }
  }

  private void awaitAll(Operator operator, FleetNode admin) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              JsonNode list = JSON.readTree(operator.get(admin, "traces/?size=1000").body());
              List<String> paths = new ArrayList<>();
              list.path("resultList").forEach(line -> paths.add(line.path("path").asText()));
              assertThat(paths)
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.range(0, requests).mapToObj(i -> "/api/v1/" + i).toList());
              assertThat(list.path("dropped").asInt()).isZero();
            });
  }
}

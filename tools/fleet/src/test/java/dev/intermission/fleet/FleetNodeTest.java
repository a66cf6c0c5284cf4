package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a node that ends. */
class FleetNodeTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Path log;
  private final FleetNode node;

  FleetNodeTest(@TempDir Path folder) {
    log = folder.resolve("gateway-1.log");
    node =
        new FleetNode(
            "gateway-1",
            FleetPorts.freePort(),
            FleetPorts.freePort(),
            List.of("serve", "--config=nowhere.yaml"),
            Map.of("INTERMISSION_FEED_TOKEN_FILE", "node-token"),
            log);
  }

  private String told() {
    return """
        gateway-1 ended with the exit code 1: intermission serve: The configuration file nowhere.yaml does not exist
        Its log is %s. Start it again with
          INTERMISSION_FEED_TOKEN_FILE=node-token ./intermission serve --config=nowhere.yaml"""
        .formatted(log);
  }

  @Test
  void startThatFailsIsToldWithItsReasonAndHowToStartAgain() throws Exception {
    node.start();
    assertThatThrownBy(() -> node.awaitReady(LONG))
        .isInstanceOf(FleetException.class)
        .hasMessage(told());
  }

  @Test
  void nodeThatEndsByItselfIsToldOf() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    node.start();
    node.whenEnded(told::add);
    await().atMost(LONG).until(() -> told.equals(List.of(told())));
  }
}

package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Parts of a fleet are killed while operators deploy and clients ask. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int DEPLOYMENTS = 100;

  private final Path folder = Path.of("target", "fleet-" + System.nanoTime());
  private Fleet fleet;
  private Operator operator;
  private List<Traffic> traffic = List.of();
  private int number;

  @BeforeAll
  void start() throws Exception {
    fleet = Fleet.start(folder, Ports.free(), 2, 3, null);
    operator = new Operator(fleet.token());
  }

  @AfterAll
  void stop() throws IOException {
    fleet.close();
  }

  @BeforeEach
  void watchTheNodesThatStayAlive() throws Exception {
    for (FleetNode node : fleet.nodes()) {
      node.awaitReady(LONG);
    }
    traffic =
        List.of(new Traffic(operator, fleet.gateway(0)), new Traffic(operator, fleet.gateway(1)));
  }

  @AfterEach
  void noClientNoticedAnything() {
    traffic.forEach(Traffic::close);
    assertThat(traffic).flatExtracting(Traffic::faults).isEmpty();
    assertThat(traffic).extracting(Traffic::requests).allMatch(requests -> requests > 0);
  }

  private Operator.Reply deploy(FleetNode admin) throws Exception {
    return operator.close(admin, ++number, "production");
  }

  private void awaitServed(FleetNode gateway, int message) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(operator.client(gateway).body()).isEqualTo("" + message));
  }

  private void awaitServedEverywhere(int message) {
    for (int gateway = 0; gateway < 3; gateway++) {
      awaitServed(fleet.gateway(gateway), message);
    }
  }

  private void awaitDeployable(FleetNode admin) {
    await().atMost(LONG).untilAsserted(() -> assertThat(deploy(admin).everywhere()).isTrue());
  }

  @Test
  void everyDeploymentThroughEitherAdminNodeIsServedByAllWhenItIsAcknowledged() throws Exception {
    for (int round = 0; round < DEPLOYMENTS; round++) {
      Operator.Reply reply = deploy(fleet.admin(round % 2));
      assertThat(reply.everywhere()).as(reply.body()).isTrue();
      for (int gateway = 0; gateway < 3; gateway++) {
        assertThat(operator.client(fleet.gateway(gateway)).body()).isEqualTo("" + number);
      }
    }
  }

  @Test
  void adminNodeKilledInTheMiddleOfDeploymentsLosesNoneThatItAcknowledged() throws Exception {
    Thread killer = killLater(fleet.admin(0));
    int acknowledged = number;
    try {
      while (true) {
        if (deploy(fleet.admin(0)).saved()) {
          acknowledged = number;
        }
      }
    } catch (IOException killed) {
      killer.join();
    }
    int found = savedMessage(fleet.admin(1));
    assertThat(found).isBetween(acknowledged, number);
    awaitServedEverywhere(found);
    awaitDeployable(fleet.admin(1));
    fleet.admin(0).start();
    fleet.admin(0).awaitReady(LONG);
    awaitDeployable(fleet.admin(0));
  }

  private static Thread killLater(FleetNode node) {
    Thread killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(700);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              node.kill();
            },
            "killer");
    killer.start();
    return killer;
  }

  private int savedMessage(FleetNode admin) throws Exception {
    String settings = operator.get(admin, "settings/maintenance-mode/").body();
    return Integer.parseInt(settings.replaceAll("(?s).*\"message\":\"(\\d+)\".*", "$1"));
  }

  @Test
  void gatewayNodeThatIsKilledServesTheLastThatItAcknowledgedWhenItIsBack() throws Exception {
    FleetNode node = fleet.gateway(2);
    for (int round = 0; round < 5; round++) {
      assertThat(deploy(fleet.admin(0)).everywhere()).isTrue();
      int acknowledged = number;
      Thread killer = killLater(node);
      while (killer.isAlive()) {
        assertThat(deploy(fleet.admin(1)).saved()).isTrue();
      }
      node.start();
      node.awaitReady(LONG);
      assertThat(Integer.parseInt(operator.client(node).body()))
          .isGreaterThanOrEqualTo(acknowledged);
      awaitServedEverywhere(number);
      awaitDeployable(fleet.admin(0));
    }
  }

  @Test
  void deploymentNamesANodeThatIsGoneAndTheOthersTakeIt() throws Exception {
    FleetNode node = fleet.gateway(2);
    node.kill();
    Operator.Reply reply = deploy(fleet.admin(0));
    assertThat(reply.saved()).isTrue();
    assertThat(reply.everywhere()).isFalse();
    assertThat(reply.body()).contains("gateway-3");
    awaitServed(fleet.gateway(0), number);
    awaitServed(fleet.gateway(1), number);
    awaitDeployable(fleet.admin(1));
    node.start();
    awaitServed(node, number);
    awaitDeployable(fleet.admin(0));
  }

  @Test
  void nodesServeOnAndStartFromTheirDisksWithoutAnyAdminNode() throws Exception {
    awaitDeployable(fleet.admin(0));
    fleet.admin(0).kill();
    fleet.admin(1).kill();
    fleet.gateway(2).kill();
    fleet.gateway(2).start();
    fleet.gateway(2).awaitReady(LONG);
    assertThat(operator.client(fleet.gateway(2)).body()).isEqualTo("" + number);
    assertThat(operator.client(fleet.gateway(0)).body()).isEqualTo("" + number);
    fleet.admin(0).start();
    fleet.admin(1).start();
    fleet.admin(0).awaitReady(LONG);
    fleet.admin(1).awaitReady(LONG);
    awaitDeployable(fleet.admin(1));
  }

  @Test
  void nodeWithADamagedSnapshotSetsItAsideAndTakesANewOne() throws Exception {
    awaitDeployable(fleet.admin(0));
    FleetNode node = fleet.gateway(2);
    node.kill();
    Path snapshot = folder.resolve("gateway-3").resolve("snapshot.json");
    byte[] bytes = Files.readAllBytes(snapshot);
    bytes[bytes.length / 2] ^= 1;
    Files.write(snapshot, bytes);
    node.start();
    awaitServed(node, number);
    try (var files = Files.list(folder.resolve("gateway-3"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("snapshot-set-aside-"));
    }
    awaitDeployable(fleet.admin(0));
  }

  @Test
  void withoutTheDatabaseNothingIsSavedAndTrafficGoesOnAndItHealsByItself() throws Exception {
    awaitDeployable(fleet.admin(0));
    int before = number;
    fleet.postgres().kill();
    Operator.Reply refused = deploy(fleet.admin(0));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("temporarily_unavailable");
    assertThat(operator.client(fleet.gateway(0)).body()).isEqualTo("" + before);
    fleet.postgres().start();
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(savedMessageIfAny(fleet.admin(0))).isEqualTo(before));
    awaitDeployable(fleet.admin(0));
    awaitDeployable(fleet.admin(1));
  }

  private int savedMessageIfAny(FleetNode admin) throws Exception {
    return operator.get(admin, "settings/maintenance-mode/").status() == 200
        ? savedMessage(admin)
        : -1;
  }

  @Test
  void pausedDatabaseIsA503AndHealsByItself() throws Exception {
    awaitDeployable(fleet.admin(0));
    int before = number;
    fleet.postgres().pause();
    try {
      assertThat(deploy(fleet.admin(0)).status()).isEqualTo(503);
      assertThat(operator.client(fleet.gateway(0)).body()).isEqualTo("" + before);
    } finally {
      fleet.postgres().resume();
    }
    awaitDeployable(fleet.admin(0));
    awaitDeployable(fleet.admin(1));
  }

  @Test
  void adminNodesAreRestartedOneAfterTheOtherUnderLoad() throws Exception {
    awaitDeployable(fleet.admin(0));
    for (int round = 0; round < 2; round++) {
      for (int admin = 0; admin < 2; admin++) {
        fleet.admin(admin).stop();
        fleet.admin(admin).awaitStopped();
        fleet.admin(admin).start();
        fleet.admin(admin).awaitReady(LONG);
        awaitDeployable(fleet.admin(1 - admin));
      }
    }
  }

  @Test
  void environmentsAreApart() throws Exception {
    awaitDeployable(fleet.admin(0));
    int served = number;
    Operator.Reply staging = operator.close(fleet.admin(0), ++number, "staging");
    assertThat(staging.everywhere()).isTrue();
    assertThat(staging.body()).contains("no gateway is running in staging");
    assertThat(operator.client(fleet.gateway(0)).body()).isEqualTo("" + served);
  }
}

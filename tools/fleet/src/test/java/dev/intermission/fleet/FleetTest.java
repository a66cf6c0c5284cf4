package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.access.AccessTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int DEPLOYMENTS = 100;

  private final Path folder = Path.of("target", "fleet-" + System.nanoTime());
  private Fleet fleet;
  private Operator operator;
  private List<Traffic> traffic = List.of();
  private int number;
  private int acknowledged;

  @BeforeAll
  void start() throws Exception {
    fleet = Fleet.start(folder, FleetPorts.free(), 2, 3, null);
    operator = new Operator(fleet.token());
  }

  @AfterAll
  void stop() throws IOException {
    System.out.printf(
        Locale.ROOT, "Deployments: %d asked for, %d acknowledged as saved%n", number, acknowledged);
    fleet.close();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).toList();
      assertThat(logs).hasSizeGreaterThanOrEqualTo(5);
      for (Path log : logs) {
        assertThat(Files.readString(log)).as(log.toString()).doesNotContain(AccessTokens.PREFIX);
      }
    }
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
    return deploy(admin, "production");
  }

  private Operator.Reply deploy(FleetNode admin, String... environments) throws Exception {
    Operator.Reply reply = operator.close(admin, ++number, environments);
    acknowledged += reply.saved() ? 1 : 0;
    return reply;
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
    int last = number;
    try {
      while (true) {
        if (deploy(fleet.admin(0)).saved()) {
          last = number;
        }
      }
    } catch (IOException e) {
      // The node was killed.
      killer.join();
    }
    int found = savedMessage(fleet.admin(1));
    assertThat(found).isBetween(last, number);
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
    for (int round = 0; round < 10; round++) {
      assertThat(deploy(fleet.admin(0)).everywhere()).isTrue();
      int last = number;
      Thread killer = killLater(node);
      while (killer.isAlive()) {
        assertThat(deploy(fleet.admin(1)).saved()).isTrue();
      }
      node.start();
      node.awaitReady(LONG);
      assertThat(Integer.parseInt(operator.client(node).body())).isGreaterThanOrEqualTo(last);
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
    for (long end = System.nanoTime() + MINUTE; System.nanoTime() - end < 0; ) {
      Operator.Reply refused = deploy(fleet.admin(number % 2));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("temporarily_unavailable");
      assertThat(operator.client(fleet.gateway(0)).body()).isEqualTo("" + before);
    }
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
  void gatewayNodesAreRestartedOneAfterTheOtherUnderLoad() throws Exception {
    awaitDeployable(fleet.admin(0));
    traffic.forEach(Traffic::close);
    FleetNode[] gateways = {fleet.gateway(0), fleet.gateway(1), fleet.gateway(2)};
    traffic =
        List.of(
            new Traffic(operator, gateways),
            new Traffic(operator, gateways),
            new Traffic(operator, gateways));
    for (int round = 0; round < 2; round++) {
      for (FleetNode gateway : gateways) {
        gateway.stop();
        gateway.awaitStopped();
        assertThat(operator.health(fleet.admin(0), "production"))
            .contains("\"podsResponded\":2")
            .doesNotContain(gateway.name());
        gateway.start();
        gateway.awaitReady(LONG);
      }
    }
    awaitDeployable(fleet.admin(1));
  }

  @Test
  void nodeWhoseFeedIsCutIsNamedAndCatchesUp() throws Exception {
    try (Line one = new Line(fleet.feed().get(0));
        Line other = new Line(fleet.feed().get(1))) {
      FleetNode node = startGateway("cut-off", "production", List.of(one.url(), other.url()));
      try {
        awaitDeployable(fleet.admin(0));
        int before = number;
        one.cut();
        other.cut();
        Operator.Reply reply = deploy(fleet.admin(0));
        assertThat(reply.saved()).isTrue();
        assertThat(reply.everywhere()).isFalse();
        assertThat(reply.body())
            .contains("but 1 of 4 gateways did not take it within 5000 ms")
            .contains("and will when they are back: cut-off\"");
        assertThat(operator.client(node).body()).isEqualTo("" + before);
        awaitServedEverywhere(number);
        await()
            .atMost(LONG)
            .until(
                () -> operator.health(fleet.admin(1), "production").contains("\"active\":false"));
        assertThat(operator.health(fleet.admin(1), "production")).contains("\"inconsistent\":true");
        one.mend();
        awaitServed(node, number);
        awaitDeployable(fleet.admin(1));
        assertThat(operator.health(fleet.admin(1), "production"))
            .contains("\"podsResponded\":4")
            .doesNotContain("\"inconsistent\":true");
      } finally {
        node.stop();
        node.awaitStopped();
      }
    }
  }

  private FleetNode startGateway(String name, String environment, List<String> feed)
      throws Exception {
    FleetNode node =
        fleet.startGateway(name, FleetPorts.freePort(), FleetPorts.freePort(), environment, feed);
    node.awaitReady(LONG);
    await()
        .atMost(LONG)
        .until(() -> operator.health(fleet.admin(0), environment).contains('"' + name + '"'));
    return node;
  }

  @Test
  void nodeThatIsDeadInOneOfThreeEnvironmentsIsNamedThereAndTheOthersTakeTheDeployment()
      throws Exception {
    FleetNode staging = startGateway("in-staging", "staging", fleet.feed());
    FleetNode test = startGateway("in-test", "test", fleet.feed());
    try {
      await()
          .atMost(LONG)
          .until(() -> deploy(fleet.admin(0), "production", "staging", "test").everywhere());
      staging.kill();
      Operator.Reply reply = deploy(fleet.admin(1), "production", "staging", "test");
      assertThat(reply.saved()).isTrue();
      assertThat(reply.body())
          .contains("{\"environmentName\":\"production\",\"success\":true,")
          .contains("{\"environmentName\":\"staging\",\"success\":false,")
          .contains("in-staging")
          .contains("{\"environmentName\":\"test\",\"success\":true,");
      assertThat(operator.client(test).body()).isEqualTo("" + number);
      awaitServedEverywhere(number);
      staging.start();
      awaitServed(staging, number);
    } finally {
      staging.stop();
      test.stop();
      staging.awaitStopped();
      test.awaitStopped();
    }
  }

  @Test
  void twoAdminNodesPatchOneProxyAThousandTimesAndNoUpdateIsLost() throws Exception {
    awaitDeployable(fleet.admin(0));
    String deployment = "\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]";
    patchOrders(fleet.admin(0), "{\"message\":\"start\"," + deployment + "}", "\"start\"");
    int first = revisionsOfOrders().get(0);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Void>> both =
          threads.invokeAll(
              List.of(
                  () -> {
                    for (int i = 1; i <= 500; i++) {
                      String field = "\"message\":\"m" + i + "\"";
                      patchOrders(fleet.admin(0), "{" + field + "," + deployment + "}", field);
                    }
                    return null;
                  },
                  () -> {
                    for (int i = 1; i <= 500; i++) {
                      String field = "\"httpStatusCode\":" + (400 + i % 100);
                      patchOrders(fleet.admin(1), "{" + field + "," + deployment + "}", field);
                    }
                    return null;
                  }));
      for (Future<Void> one : both) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(operator.get(fleet.admin(0), "orders-api", "settings/maintenance-mode/").body())
        .contains("\"message\":\"m500\"", "\"httpStatusCode\":400");
    List<Integer> revisions = revisionsOfOrders();
    assertThat(revisions.get(0)).isEqualTo(first + 1_000);
    assertThat(revisions)
        .isEqualTo(IntStream.range(0, revisions.size()).mapToObj(i -> first + 1_000 - i).toList());
  }

  /** Patches and deploys the other proxy, and checks that the field is as it was sent. */
  private void patchOrders(FleetNode admin, String body, String field) throws Exception {
    Operator.Reply reply = operator.patch(admin, "orders-api", body);
    assertThat(reply.everywhere()).as(reply.body()).isTrue();
    assertThat(operator.get(admin, "orders-api", "settings/maintenance-mode/").body())
        .contains(field);
  }

  /** Returns the revisions that the audit knows, newest first. */
  private List<Integer> revisionsOfOrders() throws Exception {
    String audit = operator.get(fleet.admin(0), "orders-api", "audit/?limit=1000").body();
    return Pattern.compile("\"DEPLOYED\",\"environment\":\"staging\",\"revision\":(\\d+)")
        .matcher(audit)
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  @Test
  void proxyIsClosedInOneEnvironmentAndOpenInAnother() throws Exception {
    FleetNode staging = startGateway("of-staging", "staging", fleet.feed());
    try {
      String close =
          """
          {"enabled":true,"httpStatusCode":503,"message":"closed",\
          "deploy":true,"deployTargetEnvironmentNameList":["staging"]}""";
      Operator.Reply reply = operator.patch(fleet.admin(0), "petstore-api", close);
      assertThat(reply.everywhere()).as(reply.body()).isTrue();
      assertThat(operator.client(staging, "/petstore"))
          .isEqualTo(new Operator.Reply(503, "closed"));
      for (int gateway = 0; gateway < 3; gateway++) {
        assertThat(operator.client(fleet.gateway(gateway), "/petstore").status()).isEqualTo(200);
      }
    } finally {
      staging.stop();
      staging.awaitStopped();
    }
    Operator.Reply nobody = deploy(fleet.admin(0), "staging");
    assertThat(nobody.everywhere()).isTrue();
    assertThat(nobody.body()).contains("no gateway is running in staging");
  }
}

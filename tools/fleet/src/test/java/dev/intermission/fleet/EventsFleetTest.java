package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The overview and its events tell what each gateway node serves, whichever node is killed. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsFleetTest {

  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int MANY = 200;
  private static final int OPERATIONS = 4;
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> OF_STATE =
      List.of(
          "project",
          "name",
          "categoryList",
          "environmentName",
          "deployed",
          "closed",
          "since",
          "username",
          "startsAt",
          "endsAt",
          "reopenAtEnd",
          "httpStatusCode",
          "revision",
          "redeployRequired",
          "nodes");

  private final Path folder = Path.of("target", "events-fleet-" + System.nanoTime());
  private Fleet fleet;
  private Operator operator;
  private List<Watcher> watchers = List.of();
  private int number;

  @BeforeAll
  void start() throws Exception {
    fleet = Fleet.start(folder, FleetPorts.free(), 2, 3, null, MANY);
    operator = new Operator(fleet.token());
    List<String> admins = fleet.feed();
    watchers =
        List.of(
            new Watcher(admins, fleet.token()),
            new Watcher(List.of(admins.get(1), admins.get(0)), fleet.token()));
  }

  @AfterAll
  void stop() throws IOException {
    watchers.forEach(watcher -> System.out.println("A watcher had " + watcher));
    watchers.forEach(Watcher::close);
    fleet.close();
  }

  @BeforeEach
  void awaitAllNodes() throws Exception {
    for (FleetNode node : fleet.nodes()) {
      node.awaitReady(LONG);
    }
  }

  private SortedMap<String, JsonNode> overview(FleetNode admin) throws Exception {
    Operator.Reply reply = operator.overview(admin, "?environment=production");
    assertThat(reply.status()).isEqualTo(200);
    SortedMap<String, JsonNode> lines = new TreeMap<>();
    JSON.readTree(reply.body())
        .path("resultList")
        .forEach(line -> lines.put(line.path("name").asText(), line));
    return lines;
  }

  /** Asserts that everybody tells the same, and that it is what clients get. */
  private void awaitAgreement() {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              SortedMap<String, JsonNode> lines = overview(fleet.admin(0));
              assertThat(lines).hasSize(3 + MANY);
              assertThat(states(overview(fleet.admin(1)))).isEqualTo(states(lines));
              for (Watcher watcher : watchers) {
                assertThat(states(watcher.lines())).isEqualTo(states(lines));
              }
              assertServed(lines, "MyAPI", "/api/v1/x");
              assertServed(lines, "many-0", "/many/0");
              assertServed(lines, "many-" + (MANY - 1), "/many/" + (MANY - 1));
            });
  }

  /** Returns the lines without what clients change by their requests. */
  private static SortedMap<String, JsonNode> states(SortedMap<String, JsonNode> lines) {
    SortedMap<String, JsonNode> states = new TreeMap<>();
    lines.forEach(
        (name, line) -> states.put(name, ((ObjectNode) line.deepCopy()).retain(OF_STATE)));
    return states;
  }

  private static JsonNode line(SortedMap<String, JsonNode> lines, String name) {
    return Objects.requireNonNull(lines.get(name), name);
  }

  private void assertServed(SortedMap<String, JsonNode> lines, String name, String path)
      throws Exception {
    JsonNode line = line(lines, name);
    assertThat(line.path("nodes").toString()).isEqualTo("{\"serving\":3,\"live\":3,\"behind\":0}");
    int expected = line.path("closed").asBoolean() ? line.path("httpStatusCode").asInt() : 200;
    for (int gateway = 0; gateway < 3; gateway++) {
      assertThat(operator.client(fleet.gateway(gateway), path).status()).isEqualTo(expected);
    }
  }

  /** Deploys, through the admin nodes that live, until one has saved it. */
  private void change() {
    number++;
    await()
        .atMost(LONG)
        .until(() -> isSaved(fleet.admin(number % 2)) || isSaved(fleet.admin(1 - number % 2)));
  }

  private boolean isSaved(FleetNode admin) throws InterruptedException {
    try {
      return operator.close(admin, number, "production").saved();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void everybodyAgreesThroughTheDeathOfEachNode() throws Exception {
    awaitAgreement();
    for (FleetNode victim : fleet.nodes()) {
      change();
      victim.kill();
      change();
      victim.start();
      change();
      victim.awaitReady(LONG);
      awaitAgreement();
      assertThat(line(overview(fleet.admin(0)), "MyAPI").path("httpStatusCode").asInt())
          .isEqualTo(500 + number % 90);
    }
  }

  @Test
  void operationOfANodeThatIsKilledIsThereWholeOrNotAtAll() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    // The first one tells how long one takes here.
    long start = System.nanoTime();
    assertThat(operate(500)).isTrue();
    long takes = System.nanoTime() - start;
    for (int round = 1; round <= OPERATIONS; round++) {
      int status = 500 + round;
      CompletableFuture<Boolean> saved = CompletableFuture.supplyAsync(() -> operate(status));
      // How far it gets is a matter of chance, and every outcome is checked in the same way.
      TimeUnit.NANOSECONDS.sleep(random.nextLong(1, takes + takes / 2));
      fleet.admin(0).kill();
      boolean acknowledged = saved.get(LONG.toSeconds(), TimeUnit.SECONDS);

      Set<Integer> statuses = new HashSet<>();
      Set<Long> revisions = new HashSet<>();
      overview(fleet.admin(1))
          .forEach(
              (name, line) -> {
                if (name.startsWith("many-")) {
                  statuses.add(line.path("httpStatusCode").asInt());
                  revisions.add(line.path("revision").asLong());
                }
              });
      assertThat(statuses).as("seed %d, round %d", seed, round).hasSize(1);
      assertThat(revisions).as("seed %d, round %d", seed, round).hasSize(1);
      if (acknowledged) {
        assertThat(statuses).as("seed %d, round %d", seed, round).containsExactly(status);
      }
      fleet.admin(0).start();
      fleet.admin(0).awaitReady(LONG);
    }
    awaitAgreement();
  }

  private boolean operate(int status) {
    try {
      return operator
          .operate(
              fleet.admin(0),
              """
              {"select":{"categories":["many"]},"settings":{"enabled":true,"httpStatusCode":%d},"environments":["production"]}"""
                  .formatted(status))
          .saved();
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

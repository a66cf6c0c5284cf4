package dev.intermission.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.client.Client;
import dev.intermission.gateway.client.ClientCommands;
import dev.intermission.gateway.client.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands for operators while parts of a fleet are killed. */
@Tag("slow")
class CommandsFleetTest {

  private static final Duration LONG = Duration.ofMinutes(3);

  private final Path folder = Path.of("target", "commands-fleet-" + System.nanoTime());

  private record Typed(int code, String text) {}

  private static Typed type(Fleet fleet, String... words) {
    return typeAt(fleet, fleet.admin(0).adminUrl(), new ByteArrayOutputStream(), words);
  }

  /** Types a command that asks the admin node at this URL first, and then the second one. */
  private static Typed typeAt(
      Fleet fleet, String url, ByteArrayOutputStream bytes, String... words) {
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", url + "," + fleet.admin(1).adminUrl()));
    Client client =
        new Client(
            Map.of("INTERMISSION_TOKEN", fleet.token()),
            new Screen(InputStream.nullInputStream(), out, out, false),
            Clock.systemUTC(),
            ZoneOffset.UTC);
    int code = ClientCommands.run(client, all.toArray(String[]::new));
    return new Typed(code, bytes.toString(UTF_8));
  }

  @Test
  void commandsGoOnWithTheOtherAdminNodeAndNameADeadGateway() throws Exception {
    try (Fleet fleet = Fleet.start(folder, FleetPorts.free(), 2, 2, null)) {
      for (FleetNode node : fleet.nodes()) {
        node.awaitReady(LONG);
      }
      Operator operator = new Operator(fleet.token());
      Typed closed = type(fleet, "close", "petstore-api", "--for", "1h");
      assertThat(closed.code()).as(closed.text()).isZero();
      assertThat(closed.text()).contains("gateway-1  took it", "gateway-2  took it");
      assertThat(operator.client(fleet.gateway(1), "/petstore").status()).isEqualTo(503);

      CompletableFuture<Typed> opening =
          CompletableFuture.supplyAsync(() -> type(fleet, "open", "petstore-api"));
      fleet.admin(0).kill();
      Typed opened = opening.get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(opened.code()).as(opened.text()).isIn(0, 3);
      assertThat(opened.text()).contains("MyProject/petstore-api is open in production.");
      assertThat(type(fleet, "status").text()).contains("production: 0 of ");

      fleet.gateway(1).kill();
      Typed behind = type(fleet, "close", "petstore-api");
      assertThat(behind.code()).as(behind.text()).isEqualTo(3);
      assertThat(behind.text()).contains("not served yet by gateway-2 in production");
      assertThat(operator.client(fleet.gateway(0), "/petstore").status()).isEqualTo(503);

      fleet.admin(1).kill();
      Typed lost = type(fleet, "open", "petstore-api");
      assertThat(lost.code()).as(lost.text()).isEqualTo(5);
      assertThat(operator.client(fleet.gateway(0), "/petstore").status()).isEqualTo(503);
    }
  }

  /** Types a command, and kills the first admin node when it begins to answer such a request. */
  private static Typed killed(Fleet fleet, KillingRelay relay, String request, String... words)
      throws Exception {
    relay.killAfter(request);
    Typed typed = typeAt(fleet, relay.url(), new ByteArrayOutputStream(), words);
    assertThat(fleet.admin(0).isReady()).as("%s was not sent", request).isFalse();
    restart(fleet);
    return typed;
  }

  private static void restart(Fleet fleet) throws Exception {
    fleet.admin(0).start();
    fleet.admin(0).awaitReady(LONG);
  }

  /** A gateway that had followed the dead admin node may need longer than the command waits. */
  private static void assertDone(Typed typed, String text) {
    assertThat(typed.code()).as(typed.text()).isIn(0, 3);
    assertThat(typed.text()).contains(text);
  }

  @Test
  void eachKindOfCommandKnowsWhatWasDoneWhenItsAdminNodeIsKilled() throws Exception {
    try (Fleet fleet = Fleet.start(folder, FleetPorts.free(), 2, 1, null);
        KillingRelay relay = new KillingRelay(fleet.admin(0))) {
      for (FleetNode node : fleet.nodes()) {
        node.awaitReady(LONG);
      }
      Operator operator = new Operator(fleet.token());

      Typed closed = killed(fleet, relay, "PATCH ", "close", "petstore-api");
      assertDone(closed, "MyProject/petstore-api is closed in production with 503");
      assertThat(operator.client(fleet.gateway(0), "/petstore").status()).isEqualTo(503);

      Typed read = killed(fleet, relay, "GET ", "status");
      assertThat(read.code()).as(read.text()).isZero();
      assertThat(read.text()).contains("1 of ");

      Typed rolled = killed(fleet, relay, "POST ", "rollback", "petstore-api", "1");
      assertDone(rolled, "MyProject/petstore-api is open in production");

      Typed operation =
          killed(fleet, relay, "POST ", "close", "petstore-api", "orders-api", "--yes");
      assertDone(operation, "MyProject/orders-api is closed in production with 503");
      Matcher undo = Pattern.compile("intermission undo (\\S+)").matcher(operation.text());
      assertThat(undo.find()).as(operation.text()).isTrue();

      Typed undone = killed(fleet, relay, "POST ", "undo", undo.group(1), "--yes");
      assertDone(undone, "MyProject/orders-api is open in production");
      assertThat(operator.client(fleet.gateway(0), "/orders").status()).isNotEqualTo(503);

      Typed token = killed(fleet, relay, "POST ", "bypass", "create", "petstore-api");
      assertThat(token.code()).as(token.text()).isEqualTo(1);
      assertThat(token.text()).contains("The token was made, but its text was lost");
      Matcher id =
          Pattern.compile("(?m)^(\\S+) +admin ")
              .matcher(type(fleet, "bypass", "list", "petstore-api").text());
      assertThat(id.find()).isTrue();
      Typed revoked =
          killed(fleet, relay, "DELETE ", "bypass", "revoke", "petstore-api", id.group(1));
      assertThat(revoked.code()).as(revoked.text()).isZero();

      watchGoesOver(fleet, relay);
    }
  }

  private static void watchGoesOver(Fleet fleet, KillingRelay relay) throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Thread watch = new Thread(() -> typeAt(fleet, relay.url(), told, "watch"));
    watch.setDaemon(true);
    watch.start();
    await().atMost(LONG).until(() -> told.toString(UTF_8).contains("production: 0 of "));
    fleet.admin(0).kill();
    await()
        .atMost(LONG)
        .until(() -> told.toString(UTF_8).contains("Live from " + fleet.admin(1).adminUrl()));
    assertThat(type(fleet, "close", "petstore-api").code()).isIn(0, 3);
    await()
        .atMost(LONG)
        .until(() -> told.toString(UTF_8).contains("petstore-api is closed in production"));
    watch.interrupt();
  }
}

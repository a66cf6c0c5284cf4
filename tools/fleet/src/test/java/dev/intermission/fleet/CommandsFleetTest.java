package dev.intermission.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands for operators while parts of a fleet are killed. */
@Tag("slow")
class CommandsFleetTest {

  private static final Duration LONG = Duration.ofMinutes(3);

  private final Path folder = Path.of("target", "commands-fleet-" + System.nanoTime());

  private record Typed(int code, String text) {}

  private static Typed type(Fleet fleet, String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", fleet.admin(0).adminUrl() + "," + fleet.admin(1).adminUrl()));
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
}

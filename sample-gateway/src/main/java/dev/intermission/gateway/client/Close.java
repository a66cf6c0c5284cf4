package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Closes API proxies. */
@Command(
    name = "close",
    sortOptions = false,
    description = {
      "Closes APIs: their clients get the maintenance response, and their backends nothing.",
      "It sends 503, unless told otherwise or configured before. What is not said stays as it was configured."
    },
    footer = {
      "",
      "Examples:",
      "  intermission close orders-api --for 30m",
      "      closed at once, and opens by itself in half an hour",
      "  intermission close orders-api --until 18:00",
      "      clients are told to come back at six; somebody has to open it",
      "  intermission close orders-api --at '02:00 Europe/Istanbul' --for 2h",
      "      closes by itself at two, for two hours",
      "  intermission close --category db-orders --reason 'New disks' --dry-run",
      "      shows what would change, for each API of a category"
    })
final class Close extends ApiCommand {

  private final Client client;

  @Mixin TargetOptions targets = new TargetOptions();

  @Mixin ClosingOptions closing = new ClosingOptions();

  Close(Client client) {
    super(client);
    this.client = client;
  }

  private ObjectNode settings() {
    return closing.settings(client.clock().instant(), client.zone());
  }

  @Override
  void check() {
    targets.check();
    settings();
  }

  @Override
  Exit run(Session session) {
    ClosingDefaults defaults =
        new ClosingDefaults(settings(), closing.window.isNow(), client.clock(), session.output());
    return new SettingsChange(session, targets, "close", defaults).run();
  }
}

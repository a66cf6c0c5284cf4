package dev.intermission.gateway.client;

import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.Exit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how API proxies stand, and goes on showing it. */
@Command(
    name = "watch",
    sortOptions = false,
    description = {
      "Shows which APIs are closed as 'status' does, and keeps it live until Ctrl-C.",
      "Where there is no terminal, it prints a line for each change; with --json, an object for each event. Where an admin node is lost, it goes over to the next one."
    })
final class WatchCommand extends ApiCommand {

  @Option(names = "--environment", paramLabel = "NAME", description = "Only this environment.")
  @Nullable String environment;

  @Option(names = "--category", paramLabel = "NAME", description = "Only APIs of this category.")
  @Nullable String category;

  @Option(names = "--all", description = "Shows each API, also those that are open and in order.")
  boolean all;

  WatchCommand(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    StringBuilder path = new StringBuilder("/apiops/maintenance/events/");
    add(path, "project", session.project());
    add(path, "environment", environment);
    add(path, "category", category);
    session.api().follow(path.toString(), new LiveStates(session, all, telling.json));
    return Exit.DONE;
  }

  private static void add(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append(path.indexOf("?") < 0 ? '?' : '&')
          .append(name)
          .append('=')
          .append(ManagementApi.encoded(value));
    }
  }
}

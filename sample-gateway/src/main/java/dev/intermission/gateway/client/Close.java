package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

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
      "  intermission close orders-api --wait-drained",
      "      ends when the backend has no request of before any more",
      "  intermission close --category db-orders --reason 'New disks' --dry-run",
      "      shows what would change, for each API of a category"
    })
final class Close extends ApiCommand {

  @Mixin TargetOptions targets = new TargetOptions();

  @Mixin ClosingOptions closing = new ClosingOptions();

  @Option(
      names = "--wait-drained",
      paramLabel = "TIME",
      arity = "0..1",
      preprocessor = DrainTime.class,
      description =
          "Waits until no request is in flight any more that came before, for so long at most (default: 60s).")
  @Nullable String waitDrained;

  Close(Client client) {
    super(client);
  }

  /** Takes a time only where it is attached by {@code =}: a word that follows is an API. */
  static final class DrainTime implements IParameterPreprocessor {

    private static final String OTHERWISE = "60s";

    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (" ".equals(info.get("separator"))) {
        words.push(OTHERWISE);
      }
      return false;
    }
  }

  private ObjectNode settings() {
    return closing.settings(client().clock().instant(), client().zone());
  }

  @Override
  void check() {
    targets.check();
    settings();
    if (waitDrained != null && !closing.window.isNow()) {
      throw new CommandFailure(Exit.USAGE, "--wait-drained and --at exclude each other");
    }
    drainedWithin();
  }

  private @Nullable Duration drainedWithin() {
    return waitDrained == null ? null : ClosingWindow.duration("--wait-drained", waitDrained);
  }

  @Override
  Exit run(Session session) {
    ClosingDefaults defaults =
        new ClosingDefaults(settings(), closing.window.isNow(), client().clock(), session.output());
    return new SettingsChange(session, targets, "close", defaults, drainedWithin()).run();
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records the requests of an API proxy for a while, and shows them as they come. */
@Command(
    name = "trace",
    sortOptions = false,
    description = {
      "Records the requests of an API whole for a while, and shows a line for each as it comes.",
      "It switches the recording off at the end of the time, and on Ctrl-C. 'trace show' shows a whole record.",
      "With --json, it prints an object for each request, and one at the end."
    },
    footer = {
      "",
      "Examples:",
      "  intermission trace orders-api --for 5m",
      "      shows what comes in the next five minutes",
      "  intermission trace orders-api --status 502",
      "      the same, and shows only what got a 502",
      "  intermission trace show Sales/orders-api/20261127T041530123Z-5f2c8e01d9a44b7c",
      "      all of one request: what came, what went to the backend, and back"
    })
final class TraceCommand extends ApiCommand {

  private static final Duration LONGEST = Duration.ofHours(24);

  /** For a change that a frozen admin node does not answer but the next one, and the records. */
  private static final Duration LONGEST_END = Duration.ofSeconds(150);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "API",
      description = "An API as PROJECT/NAME, or as NAME where that is clear.")
  @Nullable String name;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "For so long, up to 24h (5m).")
  String length = "5m";

  @Option(
      names = {"--env", "--environment"},
      paramLabel = "NAME",
      description = "Where; can be left out if the API is deployed in one environment only.")
  @Nullable String environment;

  @Mixin TraceFilterOptions filter = new TraceFilterOptions();

  @Option(
      names = "--yes",
      description =
          "Does not ask, although this deploys other settings too, or replaces the trace of somebody else.")
  boolean yes;

  private @Nullable OrderlyEnd end;

  private TraceCommand(Client client) {
    super(client);
  }

  static CommandLine of(Client client) {
    return new CommandLine(new TraceCommand(client))
        .addSubcommand(new TraceShow(client))
        .addSubcommand(new TraceList(client))
        .addSubcommand(new TraceDelete(client));
  }

  @Override
  void check() {
    if (name == null) {
      throw new CommandFailure(Exit.USAGE, "Name the API whose requests are to be recorded");
    }
    filter.check();
    Duration time = duration();
    if (time.toSeconds() < 1 || time.compareTo(LONGEST) > 0) {
      throw new CommandFailure(
          Exit.USAGE, "--for: found '" + length + "', allowed is 1s to 24h, such as 5m");
    }
  }

  private Duration duration() {
    return ClosingWindow.duration("--for", length);
  }

  @Override
  Exit run(Session given) {
    Session session = given.inHaste();
    ProxyState state = TraceTarget.of(session.proxies().named(String.valueOf(name)), environment);
    TraceSwitch recording = new TraceSwitch(session, state);
    TraceFollower follower = new TraceFollower(session, state.proxy(), telling.json);
    follower.begin(filter.query(state.environment()));
    if (!yes) {
      new TraceConfirmation(session, state).ask();
    }
    OrderlyEnd orderly = OrderlyEnd.begun(LONGEST_END, () -> tooLate(session, recording));
    end = orderly;
    Exit exit = recording.on(duration());
    try {
      follower.follow(
          filter.query(state.environment()).from(recording.start()), recording, orderly);
    } finally {
      exit = worse(exit, recording.off());
    }
    exit = worse(exit, follower.awaitLast());
    String where = state.proxy() + " in " + state.environment();
    session.output().say(follower.summary(where));
    session.output().object(follower.addTo(object(exit, state, recording)));
    return exit;
  }

  private static ObjectNode object(Exit exit, ProxyState state, TraceSwitch recording) {
    return exit.result("trace")
        .put("project", state.proxy().project())
        .put("name", state.proxy().name())
        .put("environment", state.environment())
        .put("startTime", recording.start().toString())
        .put("stopTime", recording.stop().toString());
  }

  private static Exit worse(Exit before, Exit later) {
    return later == Exit.DONE ? before : later;
  }

  private static int tooLate(Session session, TraceSwitch recording) {
    boolean off = recording.isOff();
    session
        .output()
        .warn(
            off
                ? "The recording is switched off. The last records are not shown; 'intermission trace list' has them."
                : "It is not known whether the recording is switched off; it ends by itself at "
                    + recording.stopText()
                    + ".");
    return (off ? Exit.DONE : Exit.UNREACHABLE).code();
  }

  @Override
  void ended(int code) {
    if (end != null) {
      end.ended(code);
    }
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that calls the management API. */
abstract class ApiCommand implements Callable<Integer> {

  private final Client client;

  @Mixin CommonOptions common = new CommonOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  ApiCommand(Client client) {
    this.client = client;
  }

  @Override
  public final Integer call() {
    Output output = new Output(client.screen(), common.json, common.quiet, client.environment());
    try {
      check();
      return run(new Session(client, common, output)).code();
    } catch (CommandFailure e) {
      output.object(
          JsonNodeFactory.instance
              .objectNode()
              .put("exitCode", e.exit().code())
              .put("error", e.text()));
      output.warn(spec.qualifiedName() + ": " + e.text());
      return e.exit().code();
    }
  }

  /** Refuses what is wrong with the options together, before anything is sent. */
  void check() {}

  /** Runs the command, and returns how it ended. */
  abstract Exit run(Session session);
}

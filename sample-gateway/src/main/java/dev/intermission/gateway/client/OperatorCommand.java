package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command for operators, with one way to tell its result and its failures. */
abstract class OperatorCommand implements Callable<Integer> {

  private final Client client;
  @Mixin OutputOptions telling = new OutputOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  OperatorCommand(Client client) {
    this.client = client;
  }

  final Client client() {
    return client;
  }

  @Override
  public final Integer call() {
    int code = result(telling.output(client));
    ended(code);
    return code;
  }

  private int result(Output output) {
    try {
      check();
      return run(output).code();
    } catch (CommandFailure e) {
      return failed(e.exit(), e.text(), output);
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return failed(
          Exit.FAILED,
          "This was not foreseen; the management API may be of another version than this command: "
              + e
              + (trace.length == 0 ? "" : " at " + trace[0]),
          output);
    }
  }

  private int failed(Exit exit, String text, Output output) {
    output.object(
        JsonNodeFactory.instance.objectNode().put("exitCode", exit.code()).put("error", text));
    output.warn(spec.qualifiedName() + ": " + text);
    return exit.code();
  }

  /** Refuses what is wrong with the options together, before anything is done. */
  void check() {}

  /** Hears that all is told, and with which exit code it ended. */
  void ended(int code) {}

  /** Runs the command, and returns how it ended. */
  abstract Exit run(Output output);
}

package dev.intermission.gateway.command;

import dev.intermission.gateway.client.connection.ContextsFile;
import dev.intermission.gateway.client.connection.ServerContext;
import dev.intermission.gateway.client.output.CommandFailure;
import java.net.URI;
import java.util.Map;

/** Lets the commands for operators find the demo, so that nothing has to be exported for them. */
final class DemoContext {

  private static final String NAME = "demo";

  private DemoContext() {}

  /**
   * Writes the context; it becomes current if there is none that is. If it can't be written, the
   * demo goes on without, and says so.
   */
  static void write(Map<String, String> environment, URI admin, String token, Terminal terminal) {
    ContextsFile file = ContextsFile.of(environment);
    if (file == null) {
      return;
    }
    try {
      file.change(contexts -> contexts.with(NAME, ServerContext.of(admin, token)));
    } catch (CommandFailure e) {
      terminal.tell("There is no context '" + NAME + "' for commands: " + e.text());
    }
  }
}

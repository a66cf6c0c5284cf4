package dev.intermission.gateway.command;

import dev.intermission.admin.access.ClientSecret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/** Makes hashes of client secrets for the configuration file. */
@Command(
    name = "secret",
    description = "Makes hashes of client secrets for the configuration file.")
final class Secret {

  private final Terminal terminal;

  Secret(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "hash",
      description =
          "Reads a client secret as one line, and prints its hash for the key 'passwordHash'.")
  int hash() throws IOException {
    terminal.print(ClientSecret.hash(secret()));
    return 0;
  }

  /** The secret is never an argument, since other users of the machine can read arguments. */
  @SuppressWarnings("SystemConsoleNull") // ./intermission asks for the console that can be null
  private String secret() throws IOException {
    Console console = System.console();
    if (console != null) {
      char[] typed = console.readPassword("Client secret: ");
      return typed == null ? "" : new String(typed);
    }
    String line =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}

package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.client.connection.Connections;
import dev.intermission.gateway.client.connection.ContextsFile;
import dev.intermission.gateway.client.connection.NamedContexts;
import dev.intermission.gateway.client.connection.ServerContext;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.HarmlessText;
import dev.intermission.gateway.client.output.Output;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a context. */
@Command(
    name = "add",
    sortOptions = false,
    description = {
      "Adds a context, or replaces it; the first one becomes current.",
      "It asks for the access token, or with --client-id for the client secret, without showing it; where there is no terminal, it reads one line. With a client id, commands renew the token by themselves."
    },
    footer = {
      "",
      "Examples:",
      "  intermission context add production --url https://admin-1.example:9090,https://admin-2.example:9090",
      "  intermission context add night-job --url https://admin-1.example:9090 --client-id night-job"
    })
final class ContextAdd extends OperatorCommand {

  @Parameters(paramLabel = "NAME", description = "The name of the context.")
  String name = "";

  @Option(
      names = "--url",
      required = true,
      split = ",",
      paramLabel = "URL",
      description = "An admin node; several for fail-over.")
  List<String> urls = List.of();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "A PEM file with the authority of the admin nodes' certificates.")
  @Nullable Path ca;

  @Option(
      names = "--project",
      paramLabel = "NAME",
      description = "The project of APIs that are named without one.")
  @Nullable String project;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the access token, or with the client secret.")
  @Nullable Path tokenFile;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "A client id, in place of an access token.")
  @Nullable String clientId;

  ContextAdd(Client client) {
    super(client);
  }

  @Override
  void check() {
    checkVisible("NAME", name);
    checkVisible("--project", project);
    checkVisible("--client-id", clientId);
  }

  /** The file could not hold it as a text. */
  private static void checkVisible(String what, @Nullable String text) {
    if (text != null && (text.isBlank() || !HarmlessText.line(text).equals(text))) {
      throw new CommandFailure(
          Exit.USAGE, what + ": found '" + text + "', allowed is a text of visible characters");
    }
  }

  @Override
  Exit run(Output output) {
    List<URI> addresses = CommonOptions.addresses(urls);
    ContextsFile file = ContextCommand.file(client());
    file.read();
    String secret = secret(output);
    ServerContext context =
        new ServerContext(
            addresses,
            ca == null ? null : ca.toAbsolutePath(),
            project,
            clientId == null ? Connections.checkedToken(secret, "What was given") : null,
            null,
            clientId,
            clientId == null ? null : secret);
    NamedContexts next = file.change(contexts -> contexts.with(name, context));
    output.say(
        "Added the context '"
            + name
            + (name.equals(next.current())
                ? "', which is current"
                : "'; 'intermission context use " + name + "' makes it current"));
    output.object(ContextCommand.result("context add", name, next));
    return Exit.DONE;
  }

  /** A secret is never an argument, since other users of the machine can read arguments. */
  @SuppressWarnings("SystemConsoleNull") // ./intermission asks for the console that can be null
  private String secret(Output output) {
    try {
      Console console = client().screen().terminal() ? System.console() : null;
      String secret;
      if (tokenFile != null) {
        secret = Files.readString(tokenFile, UTF_8);
      } else if (console != null) {
        output.ask(clientId == null ? "Access token: " : "Client secret: ");
        char[] typed = console.readPassword();
        secret = typed == null ? "" : new String(typed);
      } else {
        secret =
            new BufferedReader(new InputStreamReader(client().screen().in(), UTF_8)).readLine();
      }
      if (secret == null || secret.isBlank()) {
        throw new CommandFailure(Exit.USAGE, "The token or secret is empty; nothing was added");
      }
      if (!HarmlessText.line(secret.strip()).equals(secret.strip())) {
        throw new CommandFailure(
            Exit.USAGE,
            "The token or secret has characters that are not visible; nothing was added");
      }
      return secret.strip();
    } catch (IOException e) {
      throw new CommandFailure(Exit.USAGE, "Can't read the token or secret: " + e, e);
    }
  }
}

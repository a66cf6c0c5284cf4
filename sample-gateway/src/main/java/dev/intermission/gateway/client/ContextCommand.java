package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.client.connection.ContextsFile;
import dev.intermission.gateway.client.connection.NamedContexts;
import dev.intermission.gateway.client.connection.ServerContext;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Screen;
import dev.intermission.gateway.client.output.TextTable;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps where management APIs are, and who calls them. */
@Command(
    name = "context",
    description = {
      "Keeps where management APIs are and who calls them, so that commands need no more than a name.",
      "The contexts are in $XDG_CONFIG_HOME/intermission/contexts.yaml, which only its owner may read."
    })
final class ContextCommand {

  private final Client client;

  @Spec CommandSpec spec = CommandSpec.create();

  ContextCommand(Client client) {
    this.client = client;
  }

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
  int add(
      @Parameters(paramLabel = "NAME", description = "The name of the context.") String name,
      @Option(
              names = "--url",
              required = true,
              split = ",",
              paramLabel = "URL",
              description = "An admin node; several for fail-over.")
          List<String> urls,
      @Option(
              names = "--ca",
              paramLabel = "FILE",
              description = "A PEM file with the authority of the admin nodes' certificates.")
          @Nullable Path ca,
      @Option(
              names = "--project",
              paramLabel = "NAME",
              description = "The project of APIs that are named without one.")
          @Nullable String project,
      @Option(
              names = "--token-file",
              paramLabel = "FILE",
              description = "A file with the access token, or with the client secret.")
          @Nullable Path tokenFile,
      @Option(
              names = "--client-id",
              paramLabel = "ID",
              description = "A client id, in place of an access token.")
          @Nullable String clientId) {
    return reporting(
        () -> {
          List<URI> addresses = CommonOptions.addresses(urls);
          ContextsFile file = file();
          NamedContexts contexts = file.read();
          String secret =
              secret(tokenFile, clientId == null ? "Access token: " : "Client secret: ");
          ServerContext context =
              new ServerContext(
                  addresses,
                  ca == null ? null : ca.toAbsolutePath(),
                  project,
                  clientId == null ? secret : null,
                  null,
                  clientId,
                  clientId == null ? null : secret);
          NamedContexts next = contexts.with(name, context);
          file.write(next);
          return "Added the context '"
              + name
              + (name.equals(next.current())
                  ? "', which is current"
                  : "'; 'intermission context use " + name + "' makes it current");
        });
  }

  @Command(name = "list", description = "Lists the contexts, without what is secret.")
  int list() {
    return reporting(
        () -> {
          NamedContexts contexts = file().read();
          TextTable table = new TextTable();
          table.add("", "NAME", "URLS", "PROJECT", "AS");
          contexts
              .all()
              .forEach(
                  (name, context) ->
                      table.add(
                          name.equals(contexts.current()) ? "*" : "",
                          name,
                          context.urls().stream()
                              .map(URI::toString)
                              .collect(Collectors.joining(",")),
                          context.project() == null ? "" : context.project(),
                          context.clientId() == null ? "token" : "client " + context.clientId()));
          return contexts.all().isEmpty()
              ? "There are no contexts; 'intermission context add' adds one."
              : String.join(System.lineSeparator(), table.lines());
        });
  }

  @Command(name = "use", description = "Makes a context current: commands use it from now on.")
  int use(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
    return reporting(
        () -> {
          ContextsFile file = file();
          file.write(existing(file, name).use(name));
          return "The context '" + name + "' is current";
        });
  }

  @Command(name = "remove", description = "Removes a context with its token.")
  int remove(@Parameters(paramLabel = "NAME", description = "The context.") String name) {
    return reporting(
        () -> {
          ContextsFile file = file();
          file.write(existing(file, name).without(name));
          return "Removed the context '" + name + "'";
        });
  }

  private static NamedContexts existing(ContextsFile file, String name) {
    NamedContexts contexts = file.read();
    if (!contexts.all().containsKey(name)) {
      throw new CommandFailure(
          Exit.FAILED,
          "There is no context '"
              + name
              + "'; there are: "
              + String.join(", ", contexts.all().keySet()));
    }
    return contexts;
  }

  private ContextsFile file() {
    ContextsFile file = ContextsFile.of(client.environment());
    if (file == null) {
      throw new CommandFailure(
          Exit.FAILED, "There is no place for contexts: neither XDG_CONFIG_HOME nor HOME is set");
    }
    return file;
  }

  /** A secret is never an argument, since other users of the machine can read arguments. */
  @SuppressWarnings("SystemConsoleNull") // ./intermission asks for the console that can be null
  private String secret(@Nullable Path from, String prompt) {
    try {
      Console console = client.screen().terminal() ? System.console() : null;
      String secret;
      if (from != null) {
        secret = Files.readString(from, UTF_8);
      } else if (console != null) {
        char[] typed = console.readPassword("%s", prompt);
        secret = typed == null ? "" : new String(typed);
      } else {
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(client.screen().in(), UTF_8));
        secret = lines.readLine();
      }
      if (secret == null || secret.isBlank()) {
        throw new CommandFailure(Exit.USAGE, "The token or secret is empty; nothing was added");
      }
      return secret.strip();
    } catch (IOException e) {
      throw new CommandFailure(Exit.USAGE, "Can't read the token or secret: " + e, e);
    }
  }

  private int reporting(Supplier<String> action) {
    Screen screen = client.screen();
    try {
      screen.out().println(action.get());
      return Exit.DONE.code();
    } catch (CommandFailure e) {
      screen
          .err()
          .println(
              spec.commandLine().getParseResult().subcommand().commandSpec().qualifiedName()
                  + ": "
                  + e.text());
      return e.exit().code();
    }
  }
}

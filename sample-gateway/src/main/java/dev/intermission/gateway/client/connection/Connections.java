package dev.intermission.gateway.client.connection;

import dev.intermission.api.TokenText;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a command's management API is, and with which token it is called. A context's
 * token is only sent to the URLs of that context: with {@code --url}, no context counts.
 *
 * @param urls the values of {@code --url}, or none
 * @param context the value of {@code --context}, or null
 * @param tokenFile the value of {@code --token-file}, or null
 * @param ca the value of {@code --ca}, or null
 * @param project the value of {@code --project}, or null
 */
public record Connections(
    List<URI> urls,
    @Nullable String context,
    @Nullable Path tokenFile,
    @Nullable Path ca,
    @Nullable String project) {

  private static final String TOKEN = "INTERMISSION_TOKEN";

  /** Copies the list. */
  public Connections {
    urls = List.copyOf(urls);
  }

  /**
   * A management API, and the project of names that are given without one.
   *
   * @param project the project, or null if there is none
   */
  public record Connected(ManagementApi api, @Nullable String project) {}

  /**
   * Returns the management API that is meant; nothing is sent yet.
   *
   * @throws CommandFailure if it is not clear which one, or there is no token
   */
  public Connected connect(Map<String, String> environment, Clock clock, Output output) {
    String given = givenToken(environment);
    if (!urls.isEmpty()) {
      if (context != null) {
        throw new CommandFailure(Exit.USAGE, "--url and --context exclude each other");
      }
      return new Connected(
          new ManagementApi(urls, ca, TokenSource.of(required(given)), output), project);
    }
    ContextsFile file = ContextsFile.of(environment);
    NamedContexts contexts = file == null ? NamedContexts.NONE : file.read();
    String name = context == null ? contexts.current() : context;
    ServerContext found = name == null ? null : contexts.all().get(name);
    if (file == null || name == null || found == null) {
      throw new CommandFailure(
          Exit.USAGE,
          name == null
              ? "It is not said where the management API is. Give --url, or 'intermission context add NAME --url URL' once; the demo adds a context by itself."
              : "There is no context '"
                  + name
                  + "'; 'intermission context list' shows those that there are.");
    }
    TokenSource tokens =
        given != null
            ? TokenSource.of(given)
            : found.clientId() != null
                ? new RenewedToken(name, found, file, clock, output)
                : TokenSource.of(
                    checkedToken(required(found.token()), "The context '" + name + "'"));
    return new Connected(
        new ManagementApi(found.urls(), ca == null ? found.ca() : ca, tokens, output),
        project == null ? found.project() : project);
  }

  private @Nullable String givenToken(Map<String, String> environment) {
    Path file = tokenFile;
    if (file == null) {
      String variable = environment.getOrDefault(TOKEN, "").strip();
      return variable.isEmpty() ? null : checkedToken(variable, TOKEN);
    }
    try {
      return checkedToken(Files.readString(file).strip(), "--token-file " + file);
    } catch (IOException e) {
      throw new CommandFailure(Exit.USAGE, "--token-file: can't read " + file + ": " + e, e);
    }
  }

  /**
   * Returns the token if it can be sent.
   *
   * @param where where it was found, as the beginning of a sentence
   * @throws CommandFailure if not; it does not show the text, since that may be a secret
   */
  public static String checkedToken(String token, String where) {
    try {
      return TokenText.require(token);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, where + " holds no token. " + e.getMessage(), e);
    }
  }

  private static String required(@Nullable String token) {
    if (token == null) {
      throw new CommandFailure(
          Exit.DENIED,
          "There is no access token. Give it by the variable INTERMISSION_TOKEN, by --token-file, or by a context; never as an argument, since others can read arguments.");
    }
    return token;
  }
}

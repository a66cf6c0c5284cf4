package dev.intermission.gateway.client;

import dev.intermission.gateway.client.connection.Connections;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that all commands for operators share: where, and who. */
final class CommonOptions {

  @Option(
      order = 101,
      names = "--url",
      split = ",",
      paramLabel = "URL",
      description =
          "An admin node, such as https://admin-1.example:9090; several for fail-over. No context counts then.")
  List<String> urls = List.of();

  @Option(
      order = 102,
      names = "--context",
      paramLabel = "NAME",
      description = "The context to use in place of the current one.")
  @Nullable String context;

  @Option(
      order = 103,
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "A file with the access token. Without it, the token is that of INTERMISSION_TOKEN, or of the context.")
  @Nullable Path tokenFile;

  @Option(
      order = 104,
      names = "--ca",
      paramLabel = "FILE",
      description = "A PEM file with the authority of the admin nodes' certificates.")
  @Nullable Path ca;

  @Option(
      order = 105,
      names = "--project",
      paramLabel = "NAME",
      description = "The project of APIs that are named without one.")
  @Nullable String project;

  Connections connections() {
    return new Connections(addresses(urls), context, tokenFile, ca, project);
  }

  /** Returns the URLs of admin nodes; a path is not allowed, since the calls have theirs. */
  static List<URI> addresses(List<String> urls) {
    return urls.stream().map(CommonOptions::address).toList();
  }

  private static URI address(String text) {
    if (!text.matches("https?://[^/?#@\\s]+/?")) {
      throw new CommandFailure(
          Exit.USAGE,
          "--url: found '"
              + text
              + "', allowed is the URL of an admin node's management port, such as http://localhost:9090");
    }
    return URI.create(text.replaceAll("/$", ""));
  }

  /** Returns the options with which another command reaches the same management API. */
  List<String> again() {
    List<String> words = new ArrayList<>();
    urls.forEach(url -> words.addAll(List.of("--url", url)));
    add(words, "--context", context);
    add(words, "--token-file", tokenFile);
    add(words, "--ca", ca);
    add(words, "--project", project);
    return words;
  }

  private static void add(List<String> words, String option, @Nullable Object value) {
    if (value != null) {
      words.addAll(List.of(option, value.toString()));
    }
  }
}

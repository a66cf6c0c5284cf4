package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How an API is closed: when, for whom, and what its clients get. */
final class ClosingOptions {

  private static final List<String> WRITES = List.of("POST", "PUT", "PATCH", "DELETE");

  @Mixin ClosingWindow window = new ClosingWindow();

  @Option(names = "--status", paramLabel = "CODE", description = "The status that clients get.")
  @Nullable Integer status;

  @Option(names = "--message", paramLabel = "TEXT", description = "The body that clients get.")
  @Nullable String message;

  @Option(
      names = "--message-file",
      paramLabel = "FILE",
      description = "A file with the body that clients get, in UTF-8.")
  @Nullable Path messageFile;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The Content-Type of the body, such as text/plain.")
  @Nullable String type;

  @Option(
      names = "--retry-after",
      paramLabel = "TIME",
      description = "When clients are told to come back where no end is known, such as 5m.")
  @Nullable String retryAfter;

  @Option(
      names = "--methods",
      paramLabel = "METHODS",
      description =
          "Which methods are closed: writes (POST, PUT, PATCH, DELETE), all, or a list such as GET,POST.")
  @Nullable String methods;

  @Option(
      names = "--let-in",
      paramLabel = "PERCENT",
      description = "How many of a hundred clients pass all the same, such as 10%%.")
  @Nullable String letIn;

  /**
   * Returns the settings that the options ask for.
   *
   * @throws CommandFailure if an option's value is not allowed
   */
  ObjectNode settings(Instant now, ZoneId zone) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("enabled", true);
    window.addTo(settings, now, zone);
    if (status != null) {
      settings.put("httpStatusCode", status);
    }
    String text = message();
    if (text != null) {
      settings.put("message", text);
    }
    if (type != null) {
      settings.put("contentType", type);
    }
    if (retryAfter != null) {
      settings.put(
          "retryAfterSeconds", ClosingWindow.duration("--retry-after", retryAfter).toSeconds());
    }
    if (methods != null) {
      settings.set("closedMethods", methods(methods));
    }
    if (letIn != null) {
      settings.put("admitPercent", percent(letIn));
    }
    return settings;
  }

  private @Nullable String message() {
    if (messageFile == null) {
      return message;
    }
    if (message != null) {
      throw new CommandFailure(Exit.USAGE, "--message and --message-file exclude each other");
    }
    try {
      return Files.readString(messageFile, UTF_8);
    } catch (IOException e) {
      throw new CommandFailure(
          Exit.USAGE, "--message-file: can't read " + messageFile + " as UTF-8: " + e, e);
    }
  }

  private static ArrayNode methods(String given) {
    ArrayNode methods = JsonNodeFactory.instance.arrayNode();
    if (given.equals("writes")) {
      WRITES.forEach(methods::add);
    } else if (!given.equals("all")) {
      for (String method : given.split(",", -1)) {
        methods.add(method.strip().toUpperCase(Locale.ROOT));
      }
    }
    return methods;
  }

  /**
   * Returns the number of a share of clients.
   *
   * @throws CommandFailure if it is none
   */
  static int percent(String given) {
    if (!given.matches("[0-9]{1,2}%?")) {
      throw new CommandFailure(
          Exit.USAGE, "--let-in: found '" + given + "', allowed is 0% to 99%; 'open' lets in all");
    }
    return Integer.parseInt(given.replace("%", ""));
  }
}

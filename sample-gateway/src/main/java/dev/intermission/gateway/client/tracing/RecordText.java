package dev.intermission.gateway.client.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.HarmlessText;
import dev.intermission.gateway.client.output.StyledText;
import dev.intermission.gateway.client.output.StyledText.Colour;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.time.TimeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole record, for people: what was seen of the request, and its messages. Each line of a
 * message is indented, so that nothing in a message looks like a line of this text.
 */
public final class RecordText {

  private static final String INDENT = "  ";

  private final JsonNode trace;
  private final List<StyledText> lines = new ArrayList<>();

  private RecordText(JsonNode trace) {
    this.trace = trace;
  }

  /** Returns the lines. */
  public static List<StyledText> lines(ProxyName proxy, JsonNode trace, TimeText times) {
    return new RecordText(trace).all(proxy, times);
  }

  private List<StyledText> all(ProxyName proxy, TimeText times) {
    add(
        TraceReference.of(proxy, text("id"))
            + " in "
            + text("environmentName")
            + ", by the gateway "
            + text("node"));
    add(
        INDENT
            + times.exactlyWithDate(Instant.parse(text("time")))
            + " from "
            + text("peerAddress")
            + ", "
            + text("method")
            + " "
            + text("path")
            + " by "
            + text("protocol")
            + ", host "
            + text("host"));
    outcome();
    note("passage: ", "passage");
    note("correlation id: ", "correlationId");
    note("target: ", "target");
    if (!trace.path("detected").isEmpty()) {
      add(
          INDENT
              + "detected: "
              + trace
                  .path("detected")
                  .valueStream()
                  .map(JsonNode::asText)
                  .collect(Collectors.joining(", ")));
    }
    request("From the client", "fromClient");
    request("To the target", "toTarget");
    response("From the target", "fromTarget");
    response("To the client", "toClient");
    return List.copyOf(lines);
  }

  private void outcome() {
    String status = TraceLineText.status(trace);
    add(
        INDENT
            + (status.equals("-") ? "no status" : status)
            + " "
            + text("result")
            + (trace.hasNonNull("error") ? " (" + text("error") + ")" : "")
            + " in "
            + text("millis")
            + " ms"
            + times());
  }

  private String times() {
    String parts =
        Stream.of("gate", "connection", "upstream", "response")
            .filter(part -> trace.path("times").hasNonNull(part))
            .map(part -> part + " " + trace.path("times").path(part).asText())
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? "" : ": " + parts;
  }

  private void note(String what, String field) {
    if (trace.hasNonNull(field)) {
      add(INDENT + what + text(field));
    }
  }

  private void request(String title, String field) {
    JsonNode message = trace.path(field);
    message(
        title, message, message.path("method").asText() + " " + message.path("target").asText());
  }

  private void response(String title, String field) {
    JsonNode message = trace.path(field);
    message(title, message, message.path("status").asText());
  }

  private void message(String title, JsonNode message, String start) {
    lines.add(StyledText.of(""));
    if (!message.isObject()) {
      lines.add(StyledText.of(title + ": nothing"));
      return;
    }
    lines.add(StyledText.of(Colour.YELLOW, title + ": " + HarmlessText.line(start)));
    for (JsonNode field : message.path("fields")) {
      add(INDENT + field.path("name").asText() + ": " + field.path("value").asText());
    }
    JsonNode body = message.path("body");
    if (body.isObject()) {
      body(body);
    }
  }

  private void body(JsonNode body) {
    add(
        INDENT
            + "body of "
            + body.path("length").asText()
            + " bytes"
            + (body.path("complete").asBoolean(true) ? ":" : ", of which this is not all:"));
    HarmlessText.lines(body.path("text").asText())
        .lines()
        .forEach(line -> lines.add(StyledText.of(INDENT + INDENT + line)));
  }

  private String text(String field) {
    return trace.path(field).asText("");
  }

  /** Adds a line, whatever it consists of. */
  private void add(String line) {
    lines.add(StyledText.of(HarmlessText.line(line)));
  }
}

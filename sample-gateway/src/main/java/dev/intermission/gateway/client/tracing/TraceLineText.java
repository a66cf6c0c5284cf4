package dev.intermission.gateway.client.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.HarmlessText;
import dev.intermission.gateway.client.output.StyledText;
import dev.intermission.gateway.client.output.StyledText.Colour;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.time.TimeText;
import java.time.Instant;

/**
 * A line for each record of an API proxy. The columns are as wide as they usually need to be, since
 * nobody knows the lines to come; what differs most in length is last.
 *
 * @param proxy the API proxy
 * @param times how times are shown
 */
public record TraceLineText(ProxyName proxy, TimeText times) {

  /** Returns the names of the columns, for lines without dates. */
  public StyledText header() {
    return header(12);
  }

  /** Returns the names of the columns, for lines with dates. */
  public StyledText headerWithDate() {
    return header(23);
  }

  private static StyledText header(int widthOfTime) {
    return StyledText.of(
        padded("TIME", widthOfTime)
            + padded("STATUS", 6)
            + padded("RESULT", 7)
            + "MILLIS  REQUEST AND ID");
  }

  /** Returns the line with the time of the day alone. */
  public StyledText of(JsonNode line) {
    return withTime(times.exactly(time(line)), line);
  }

  /** Returns the line with the date too, and with the gateway. */
  public StyledText withDate(JsonNode line) {
    return withTime(times.exactlyWithDate(time(line)), line)
        .plus(
            HarmlessText.line(
                "  ("
                    + line.path("node").asText()
                    + ", "
                    + line.path("environmentName").asText()
                    + ")"));
  }

  private StyledText withTime(String time, JsonNode line) {
    String result = line.path("result").asText("");
    return StyledText.of(time + "  ")
        .plus(padded(status(line), 6))
        .plus(StyledText.of(colour(result), padded(result, 7)))
        .plus(
            " ".repeat(Math.max(0, 6 - line.path("millis").asText().length()))
                + line.path("millis").asText()
                + "  "
                + HarmlessText.line(line.path("method").asText())
                + " "
                + HarmlessText.brief(line.path("path").asText())
                + "  "
                + HarmlessText.line(TraceReference.of(proxy, line.path("id").asText()).toString()));
  }

  private static Instant time(JsonNode line) {
    return Instant.parse(line.path("time").asText());
  }

  /** Returns the status that the client got, or a hyphen if it got none. */
  static String status(JsonNode line) {
    int status = line.path("status").asInt();
    return status == 0 ? "-" : String.valueOf(status);
  }

  private static Colour colour(String result) {
    return switch (result) {
      case "SUCCESS" -> Colour.GREEN;
      case "BLOCKED" -> Colour.YELLOW;
      default -> Colour.RED;
    };
  }

  private static String padded(String text, int width) {
    String line = HarmlessText.line(text);
    return line + " ".repeat(Math.max(0, width - line.length())) + "  ";
  }
}

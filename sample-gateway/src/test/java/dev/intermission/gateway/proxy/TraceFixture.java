package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.gateway.ShiftedClock;
import dev.intermission.trafficlog.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A gateway whose records of requests come to the test. */
abstract class TraceFixture extends ProxyFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  final ShiftedClock time = new ShiftedClock();
  private @Nullable Traces traces;
  final List<TraceReport> reports = new CopyOnWriteArrayList<>();

  @Override
  Clock clock() {
    return time;
  }

  /** Returns how much memory what waits may take. */
  long mostBytes() {
    return Traces.MOST_BYTES;
  }

  @Override
  Traces traces() {
    Traces made = new Traces(time, this::receive, mostBytes());
    traces = made;
    return made;
  }

  /** Returns whether the gateway records anything now. */
  boolean isOn() {
    return Objects.requireNonNull(traces).isOn();
  }

  void receive(TraceReport report) {
    reports.add(report);
  }

  /** Returns parts with a window that is active now. */
  static ProxyParts traced(ProxyParts parts) {
    Instant now = Instant.now();
    return parts.withTrace(
        new TraceWindow(now.minus(Duration.ofMinutes(1)), now.plus(Duration.ofHours(1))));
  }

  /** Records the requests of the API, which is open. */
  void trace() {
    serve(true, traced(ProxyParts.NONE));
  }

  /** Returns all records that have come. */
  List<TraceRecord> records() {
    return reports.stream().flatMap(report -> report.records().stream()).toList();
  }

  /** Waits for the only record. */
  JsonNode record() {
    await().atMost(LONG).until(() -> !records().isEmpty());
    assertThat(records()).hasSize(1);
    return document(records().get(0));
  }

  static JsonNode document(TraceRecord record) {
    try {
      return JSON.readTree(record.document());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns how many requests were not recorded. */
  long dropped() {
    return reports.stream()
        .flatMap(report -> report.dropped().values().stream())
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  /** Returns the fields of a message as lines. */
  static List<String> lines(JsonNode message) {
    List<String> lines = new ArrayList<>();
    message
        .path("fields")
        .forEach(
            field -> lines.add(field.path("name").asText() + ": " + field.path("value").asText()));
    return lines;
  }

  static void assertBody(JsonNode message, String text, int length, boolean complete) {
    JsonNode body = message.path("body");
    assertThat(body.path("text").asText()).isEqualTo(text);
    assertThat(body.path("length").asInt()).isEqualTo(length);
    assertThat(body.path("complete").asBoolean()).isEqualTo(complete);
  }

  /** Returns the bytes of a text in UTF-8, each as one character. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The trace settings of an API proxy, saved and in force (contract section 12).
 *
 * @param read the answer of the management API
 * @param now when they were read, by the clock of the admin node if it says it
 */
record TraceStanding(ManagementApi.Read read, Instant now) {

  static final String ENABLED = "enableTraceLog";

  /** Reads them. */
  static TraceStanding of(Session session, ProxyName proxy) {
    ManagementApi.Read read = session.api().get(proxy.traceSettings());
    return new TraceStanding(read, read.date() == null ? session.times().now() : read.date());
  }

  /** Returns what is saved, with the windows that are in force. */
  JsonNode saved() {
    return read.body().at("/resultList/0");
  }

  /** Returns the windows in force that have not passed. */
  List<JsonNode> inForce() {
    return StreamSupport.stream(saved().path("inForce").spliterator(), false)
        .filter(window -> time(window, "stopTime").isAfter(now))
        .toList();
  }

  /** Tells whether requests are to be recorded in exactly this window. */
  boolean areOn(String environment, Instant start, Instant stop) {
    JsonNode saved = saved();
    return saved.path(ENABLED).asBoolean()
        && saved.path("environmentName").asText().equals(environment)
        && saved.hasNonNull("startTime")
        && saved.hasNonNull("stopTime")
        && time(saved, "startTime").equals(start)
        && time(saved, "stopTime").equals(stop);
  }

  /** Returns the time in a field that is there. */
  static Instant time(JsonNode object, String field) {
    return OffsetDateTime.parse(object.path(field).asText()).toInstant();
  }
}

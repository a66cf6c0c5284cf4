package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The saved trace settings of an API proxy, and whether they are still those of a command. */
final class OwnTraceSettings {

  private final Session session;
  private final ProxyName proxy;
  private final String environment;
  private Instant start = Instant.EPOCH;
  private Instant stop = Instant.EPOCH;

  /** The entity tag of what was saved, or null if that is not known. */
  private @Nullable String tag;

  OwnTraceSettings(Session session, ProxyState state) {
    this.session = session;
    proxy = state.proxy();
    environment = state.environment();
  }

  ManagementApi.Read read() {
    return session.api().get(proxy.traceSettings());
  }

  /** Returns a change on the condition that nobody has made another one since this was read. */
  ApiRequest request(ObjectNode body, ManagementApi.Read before) {
    ApiRequest request = ApiRequest.patch(proxy.traceSettings(), body.toString());
    return before.tag() == null ? request : request.ifMatch(before.tag());
  }

  /** Says which window the command is about to save. */
  void begin(Instant from, Instant until) {
    start = from;
    stop = until;
  }

  /** Says that it is saved. Two windows that begin in the same second differ by the tag alone. */
  void remember() {
    try {
      ManagementApi.Read saved = read();
      tag = isOurs(saved) ? saved.tag() : null;
    } catch (CommandFailure e) {
      tag = null; // The values are compared alone then.
    }
  }

  /** Tells whether this is what the command saved. */
  boolean isOurs(ManagementApi.Read read) {
    JsonNode saved = read.body().at("/resultList/0");
    return saved.path(TraceSwitch.ENABLED).asBoolean()
        && saved.path("environmentName").asText().equals(environment)
        && saved.hasNonNull("startTime")
        && saved.hasNonNull("stopTime")
        && time(saved, "startTime").equals(start)
        && time(saved, "stopTime").equals(stop)
        && (tag == null || tag.equals(read.tag()));
  }

  /** Returns the time of an answer, by the clock of the admin node if it says it. */
  Instant now(ManagementApi.Read read) {
    return read.date() == null ? session.times().now() : read.date();
  }

  static Instant time(JsonNode object, String field) {
    return OffsetDateTime.parse(object.path(field).asText()).toInstant();
  }
}

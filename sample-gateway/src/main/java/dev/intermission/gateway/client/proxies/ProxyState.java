package dev.intermission.gateway.client.proxies;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How an API proxy stands in one environment: a line of the overview (contract section 9).
 *
 * @param json the line as the management API gave it
 */
public record ProxyState(JsonNode json) {

  /** Returns which proxy it is. */
  public ProxyName proxy() {
    return new ProxyName(json.path("project").asText(), json.path("name").asText());
  }

  /** Returns the environment. */
  public String environment() {
    return json.path("environmentName").asText();
  }

  /** Tells whether it is deployed there. */
  public boolean deployed() {
    return json.path("deployed").asBoolean();
  }

  /** Tells whether clients get the maintenance answer. */
  public boolean closed() {
    return json.path("closed").asBoolean();
  }

  /** Tells whether saved settings are not deployed. */
  public boolean redeployRequired() {
    return json.path("redeployRequired").asBoolean();
  }

  /** Returns the status of the maintenance answer, or 0 if nothing is deployed. */
  public int status() {
    return json.path("httpStatusCode").asInt();
  }

  /** Returns the revision in force, or 0 if there is none. */
  public int revision() {
    return json.path("revision").asInt();
  }

  /** Returns since when it has been closed or open, or null. */
  public @Nullable Instant since() {
    return json.hasNonNull("since") ? Instant.parse(json.path("since").asText()) : null;
  }

  /** Returns when it closes by itself or closed by itself, or null. */
  public @Nullable OffsetDateTime startsAt() {
    return time("startsAt");
  }

  /** Returns when its maintenance is to end, or null. */
  public @Nullable OffsetDateTime endsAt() {
    return time("endsAt");
  }

  /** Tells whether it opens by itself at the end. */
  public boolean reopenAtEnd() {
    return json.path("reopenAtEnd").asBoolean();
  }

  /** Tells whether it is open now and closes by itself later. */
  public boolean announced(Instant now) {
    OffsetDateTime start = startsAt();
    return deployed() && !closed() && start != null && start.toInstant().isAfter(now);
  }

  /** Tells whether its maintenance has ended by itself. */
  public boolean reopened(Instant now) {
    OffsetDateTime end = endsAt();
    return reopenAtEnd() && end != null && !end.toInstant().isAfter(now);
  }

  /** Returns how many live gateways serve it as it is deployed, and how many are live. */
  public String nodes() {
    return json.at("/nodes/serving").asInt() + "/" + json.at("/nodes/live").asInt();
  }

  /** Returns how many live gateways do not serve it as it is deployed. */
  public int behind() {
    return json.at("/nodes/behind").asInt();
  }

  /** Returns how many requests from before the closure are in flight, or a hyphen if unknown. */
  public String inFlight() {
    return count("/requests/inFlight");
  }

  /** Returns how many maintenance answers there were in the last minute, or a hyphen if unknown. */
  public String answersInLastMinute() {
    return count("/requests/lastMinute/answers");
  }

  private String count(String pointer) {
    JsonNode count = json.at(pointer);
    return count.isNumber() ? count.asText() : "-";
  }

  private @Nullable OffsetDateTime time(String field) {
    return json.hasNonNull(field) ? OffsetDateTime.parse(json.path(field).asText()) : null;
  }
}

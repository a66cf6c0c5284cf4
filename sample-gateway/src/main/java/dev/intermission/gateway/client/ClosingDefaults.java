package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.JsonBody;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Completes the settings of a closure with what an operator expects who does not say it: the status
 * 503, a closure at once, a type that suits the message.
 *
 * @param given what the operator said
 * @param now whether it is to be closed at once
 */
record ClosingDefaults(ObjectNode given, boolean now, Clock clock, Output output)
    implements WantedSettings {

  private static final String STATUS = "httpStatusCode";
  private static final String TYPE = "contentType";
  private static final String STARTS = "startsAt";

  /** The published default of a status that nobody configured. */
  private static final int UNCONFIGURED = 403;

  private static final int UNAVAILABLE = 503;

  @Override
  public ObjectNode of(JsonNode saved) {
    ObjectNode settings = given.deepCopy();
    if (!settings.has(STATUS) && saved.path(STATUS).asInt() == UNCONFIGURED) {
      settings.put(STATUS, UNAVAILABLE);
    }
    if (now && saved.hasNonNull(STARTS)) {
      // A start that is left over would leave it open until then.
      settings.putNull(STARTS);
    }
    if (needsType() && isJson(saved)) {
      addType(settings);
    }
    return settings;
  }

  @Override
  public ObjectNode of(Selected selected, Function<ProxyName, JsonNode> saved) {
    ObjectNode settings = given.deepCopy();
    List<ProxyState> deployed = selected.affected().stream().filter(ProxyState::deployed).toList();
    if (!settings.has(STATUS)) {
      List<ProxyState> configured =
          deployed.stream()
              .filter(state -> state.status() != UNCONFIGURED && state.status() != UNAVAILABLE)
              .toList();
      if (configured.isEmpty()) {
        settings.put(STATUS, UNAVAILABLE);
      } else if (configured.size() < deployed.size()) {
        throw new CommandFailure(
            Exit.FAILED,
            "Some of these APIs have another status configured than 503. Give the --status for all of them. Configured are: "
                + configured.stream()
                    .map(state -> state.proxy() + " " + state.status())
                    .distinct()
                    .collect(Collectors.joining(", ")));
      }
    }
    if (now && deployed.stream().anyMatch(ClosingDefaults::mayHaveStart)) {
      // Null would keep it. The hour is for clocks of the gateways that are behind this one.
      Instant past = clock.instant().minus(1, ChronoUnit.HOURS);
      settings.put(STARTS, past.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    if (needsType()) {
      addType(settings, selected.states().keySet(), saved);
    }
    return settings;
  }

  @Override
  public boolean closesNow() {
    return now;
  }

  /**
   * Tells whether a start is in force or may be saved; the overview shows only what is in force.
   */
  private static boolean mayHaveStart(ProxyState state) {
    return state.startsAt() != null || state.redeployRequired();
  }

  private boolean needsType() {
    String message = given.path("message").asText();
    return !message.isEmpty()
        && !given.has(TYPE)
        && JsonBody.read(message.getBytes(StandardCharsets.UTF_8)) == null;
  }

  private static boolean isJson(JsonNode saved) {
    String type = saved.path(TYPE).asText().toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
    return type.endsWith("/json") || type.endsWith("+json");
  }

  private void addType(
      ObjectNode settings, Set<ProxyName> proxies, Function<ProxyName, JsonNode> saved) {
    output.passing("Reading which types these " + proxies.size() + " APIs send");
    Set<ProxyName> json = new TreeSet<>();
    for (ProxyName proxy : proxies) {
      if (isJson(saved.apply(proxy))) {
        json.add(proxy);
      }
    }
    if (json.size() == proxies.size()) {
      addType(settings);
    } else if (!json.isEmpty()) {
      throw new CommandFailure(
          Exit.FAILED,
          "The message is no JSON. Some of these APIs send JSON, and others have another type configured. Give the --type for all of them. JSON send: "
              + json.stream().map(ProxyName::toString).collect(Collectors.joining(", ")));
    }
  }

  private void addType(ObjectNode settings) {
    settings.put(TYPE, "text/plain; charset=utf-8");
    output.progress("The message is no JSON, so it is sent as text/plain; --type says otherwise.");
  }
}

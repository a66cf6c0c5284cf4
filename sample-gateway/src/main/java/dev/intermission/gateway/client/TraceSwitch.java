package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Switches the recording of an API proxy's requests on in one environment, and off again. Both are
 * deployments, and a deployment deploys all that is saved; so it looks before each what that is.
 */
final class TraceSwitch {

  static final String ENABLED = "enableTraceLog";

  private final Session session;
  private final Output output;
  private final ProxyState state;
  private final OwnTraceSettings settings;
  private Instant start = Instant.EPOCH;
  private Instant stop = Instant.EPOCH;
  private long deadline;

  /**
   * Makes it.
   *
   * @param state how the proxy stands in the environment
   */
  TraceSwitch(Session session, ProxyState state) {
    this.session = session;
    this.output = session.output();
    this.state = state;
    settings = new OwnTraceSettings(session, state);
  }

  /** Returns from when on requests are recorded, by the clock of the admin node. */
  Instant start() {
    return start;
  }

  /** Returns when the recording ends by itself, by the same clock. */
  Instant stop() {
    return stop;
  }

  /** Returns how much of the time is left. */
  Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  /**
   * Asks the operator before something is deployed that this command does not say.
   *
   * @throws CommandFailure if it is not wanted
   */
  void confirm(boolean yes) {
    Confirmation confirmation = new Confirmation(session, yes);
    ManagementApi.Read read = settings.read();
    Instant now = settings.now(read);
    for (JsonNode window : read.body().at("/resultList/0/inForce")) {
      Instant end = OwnTraceSettings.time(window, "stopTime");
      if (end.isAfter(now)) {
        confirmation.ask(
            state.proxy()
                + " is traced already in "
                + window.path("environmentName").asText()
                + ", until "
                + session.times().at(end)
                + ". This replaces it there, or leaves it to end by itself in another environment.",
            "Trace " + state.proxy() + " all the same?");
      }
    }
    NotDeployed others = NotDeployed.of(session, state);
    if (!others.isEmpty()) {
      confirmation.ask(
          "This deploys "
              + where()
              + ", and with it what somebody saved there and did not deploy:\n"
              + others.lines(),
          "Deploy that too?");
    }
  }

  /**
   * Switches it on.
   *
   * @return whether all live gateways have taken it
   * @throws CommandFailure if it is not on
   */
  Exit on(Duration length) {
    ManagementApi.Read before = settings.read();
    start = settings.now(before);
    stop = start.plus(length);
    settings.begin(start, stop);
    deadline = System.nanoTime() + length.toNanos();
    ObjectNode body = deploying(true);
    body.put("startTime", start.toString())
        .put("stopTime", stop.toString())
        .put("environmentName", state.environment());
    Rollout.Result result;
    try {
      result = change(body, before);
    } catch (CommandFailure e) {
      throw mayBeOn()
          ? new CommandFailure(
              e.exit(),
              e.text() + "\nIf requests are recorded, that ends by itself at " + stopText() + ".",
              e)
          : e;
    }
    settings.remember();
    return told(result);
  }

  /**
   * Switches it off, and tells how that went.
   *
   * @return how it went; anything but {@code DONE} if requests may still be recorded
   */
  Exit off() {
    try {
      return switchOff();
    } catch (CommandFailure e) {
      output.warn("Recording could NOT be switched off: " + e.text());
      return tellEnd(e.exit());
    }
  }

  /** Tells whether it can be on after a failure; if it is, it is switched off. */
  private boolean mayBeOn() {
    try {
      return settings.isOurs(settings.read()) && off() != Exit.DONE;
    } catch (CommandFailure e) {
      return true; // The first failure is the one to tell.
    }
  }

  private Exit switchOff() {
    ManagementApi.Read now = settings.read();
    if (!settings.isOurs(now)) {
      output.warn(
          "Somebody else changed the trace settings of "
              + state.proxy()
              + " since; they are left as they are.");
      return Exit.FAILED;
    }
    ProxyState there = stateNow();
    NotDeployed others = NotDeployed.of(session, there);
    if (!there.deployed() || !others.isEmpty()) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put(ENABLED, false);
      session.api().change(settings.request(body, now), state.proxy().audit());
      if (others.isEmpty()) {
        output.say(where() + " is not deployed any more, so nothing is recorded.");
        return Exit.DONE;
      }
      output.warn(
          "Recording is switched off in the saved settings only. Deploying them would also deploy what somebody saved meanwhile:\n"
              + others.lines());
      return left().isNegative() ? Exit.DONE : tellEnd(Exit.BEHIND);
    }
    Exit exit = told(change(deploying(false), now));
    return exit == Exit.DONE || left().isNegative() ? exit : tellEnd(exit);
  }

  private Exit tellEnd(Exit exit) {
    output.warn(
        left().isNegative()
            ? "Its time is over, so nothing is recorded any more."
            : "It ends by itself at " + stopText() + ".");
    return exit;
  }

  private Exit told(Rollout.Result result) {
    JsonNode answer = result.answer();
    if (answer != null) {
      output.warnings(answer.path("warnings"));
    }
    if (result.isEverywhere()) {
      return Exit.DONE;
    }
    output.warn(result.behind());
    return Exit.BEHIND;
  }

  private ObjectNode deploying(boolean enabled) {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put(ENABLED, enabled).put("deploy", true);
    body.putArray("deployTargetEnvironmentNameList").add(state.environment());
    return body;
  }

  private Rollout.Result change(ObjectNode body, ManagementApi.Read before) {
    ApiRequest request = settings.request(body, before);
    return new Rollout(session, List.of(stateNow()))
        .toTheEnd(() -> session.api().change(request, state.proxy().audit()));
  }

  private ProxyState stateNow() {
    return session.proxies().named(state.proxy().toString()).stream()
        .filter(there -> there.environment().equals(state.environment()))
        .findFirst()
        .orElse(state);
  }

  private String where() {
    return state.proxy() + " in " + state.environment();
  }

  /** Returns when the recording ends by itself, as it is shown. */
  String stopText() {
    return session.times().toTheSecond(stop);
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Switches the recording of an API proxy's requests on in one environment, and off again. Both are
 * deployments, and a deployment deploys all that is saved; so it looks before each what that is.
 */
final class TraceSwitch {

  private static final Duration LONGEST = Duration.ofHours(24);

  /** The time of the operator begins with the deployment, which takes a while. */
  private static final Duration FOR_SWITCHING_ON = Duration.ofSeconds(10);

  private final Session session;
  private final Output output;
  private final ProxyState state;
  private final OwnTraceSettings settings;
  private Instant start = Instant.EPOCH;
  private volatile Instant stop = Instant.EPOCH;
  private long stopNanos;
  private long deadline;
  private volatile boolean off;

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

  /** Tells whether it is switched off again. */
  boolean isOff() {
    return off;
  }

  /** Returns how much of the time is left that the operator wants. */
  Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  /**
   * Switches it on.
   *
   * @return whether all live gateways have taken it
   * @throws CommandFailure if it is not on
   */
  Exit on(Duration length) {
    TraceStanding before = settings.read();
    Duration window = length.plus(FOR_SWITCHING_ON);
    if (window.compareTo(LONGEST) > 0) {
      window = LONGEST;
    }
    // Dates of answers are in whole seconds. Two equal windows would be one for the store.
    window = window.minusMillis(new SplittableRandom().nextInt(1000));
    start = before.now();
    stop = start.plus(window);
    settings.begin(start, stop);
    stopNanos = System.nanoTime() + window.toNanos();
    deadline = stopNanos;
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
    Exit exit = told(result);
    if (result.warns("TRACE_ENDED")) {
      off();
      throw new CommandFailure(
          Exit.FAILED,
          "Nothing was recorded: the time was over before the recording was in force. Do the clocks of the admin nodes differ?");
    }
    long end = System.nanoTime() + length.toNanos();
    deadline = end - stopNanos < 0 ? end : stopNanos;
    return exit;
  }

  /**
   * Switches it off, and tells how that went.
   *
   * @return how it went; anything but {@code DONE} if requests may still be recorded
   */
  Exit off() {
    try {
      Exit exit = switchOff();
      off = exit == Exit.DONE;
      return exit;
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
    TraceStanding now = settings.read();
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
      ObjectNode body = JsonNodeFactory.instance.objectNode().put(TraceStanding.ENABLED, false);
      session.api().change(settings.request(body, now), state.proxy().audit());
      if (others.isEmpty()) {
        output.say(where() + " is not deployed any more, so nothing is recorded.");
        return Exit.DONE;
      }
      output.warn(
          "Recording is switched off in the saved settings only. Deploying them would also deploy what somebody saved meanwhile:\n"
              + others.lines());
      return tellEnd(left().isNegative() ? Exit.DONE : Exit.BEHIND);
    }
    Exit exit = told(change(deploying(false), now));
    return exit == Exit.DONE ? exit : tellEnd(exit);
  }

  private Exit tellEnd(Exit exit) {
    if (left().isNegative()) {
      awaitStop();
    }
    output.warn(
        stopNanos - System.nanoTime() <= 0
            ? "Its time is over, so nothing is recorded any more."
            : "It ends by itself at " + stopText() + ".");
    return exit;
  }

  /** Where the operator's time is over, what it was prolonged by is soon over, too. */
  private void awaitStop() {
    try {
      TimeUnit.NANOSECONDS.sleep(stopNanos - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
        JsonNodeFactory.instance
            .objectNode()
            .put(TraceStanding.ENABLED, enabled)
            .put("deploy", true);
    body.putArray("deployTargetEnvironmentNameList").add(state.environment());
    return body;
  }

  private Rollout.Result change(ObjectNode body, TraceStanding before) {
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

  /** Returns when the operator's time is over, as it is shown. */
  String endText() {
    return session.times().toTheSecond(stop.minusNanos(stopNanos - deadline));
  }

  /** Returns when the recording ends by itself, as it is shown. */
  String stopText() {
    return session.times().toTheSecond(stop);
  }
}

package dev.intermission.admin.trace;

import dev.intermission.admin.deployment.DeployTargets;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.Moment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SettingsStore.NewTrace;
import dev.intermission.api.trace.TraceSettings;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;
import dev.intermission.json.TraceSettingsJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a PATCH of the trace settings (contract section 12). Its fields are in the body, or
 * in an object {@code logApiProxy} in it, as generated clients send them, or in both with equal
 * values.
 */
final class TraceBody {

  private static final String WRAPPED = "logApiProxy";
  private static final String ENABLED = "enableTraceLog";
  private static final String START = "startTime";
  private static final String STOP = "stopTime";
  private static final String ENVIRONMENT = "environmentName";

  private final StrictReader plain;
  private final @Nullable StrictReader wrapped;
  private final Set<String> faulty = new HashSet<>();
  private final @Nullable Boolean enabled;
  private final @Nullable Moment start;
  private final @Nullable Moment stop;
  private final @Nullable String environment;
  private final List<String> deployTo;

  private TraceBody(StrictReader plain, @Nullable StrictReader wrapped) {
    this.plain = plain;
    this.wrapped = wrapped;
    enabled = read(ENABLED, JsonType.BOOLEAN);
    start = read(START, TraceSettingsJson.MOMENT);
    stop = read(STOP, TraceSettingsJson.MOMENT);
    environment = read(ENVIRONMENT, JsonType.STRING);
    Boolean deploy = read(DeployTargets.DEPLOY, JsonType.BOOLEAN);
    List<String> environments = read(DeployTargets.ENVIRONMENTS, JsonType.STRING.array());
    deployTo =
        DeployTargets.of(deploy, environments, faulty.contains(DeployTargets.ENVIRONMENTS), plain);
  }

  /** Reads a body; what is wrong with it is told by {@link #applyTo}. */
  static TraceBody read(JsonValue json) {
    StrictReader plain = new StrictReader(json);
    JsonValue object = plain.read(WRAPPED, JsonType.OBJECT);
    return new TraceBody(plain, object == null ? null : new StrictReader(object));
  }

  private <T> @Nullable T read(String name, JsonType<T> type) {
    T one = read(plain, name, type);
    T other = wrapped == null ? null : read(wrapped, name, type);
    if (one != null && other != null && !one.equals(other)) {
      faulty.add(name);
      plain.fault(name, "has another value in " + WRAPPED + "; allowed is one value");
    }
    return one == null ? other : one;
  }

  private <T> @Nullable T read(StrictReader reader, String name, JsonType<T> type) {
    T value = reader.read(name, type);
    if (value == null && !reader.isAbsent(name)) {
      faulty.add(name);
    }
    return value;
  }

  /**
   * Returns the saved settings changed as the body asks.
   *
   * @throws InvalidSettingsException with every fault: of the body, and of the settings that it
   *     would lead to
   */
  NewTrace applyTo(TraceSettings saved) {
    List<FieldError> faults = new ArrayList<>(plain.faults());
    if (wrapped != null) {
      wrapped.faults().stream()
          .map(fault -> new FieldError(WRAPPED + "." + fault.field(), fault.message()))
          .forEach(faults::add);
    }
    try {
      NewTrace changed = new NewTrace(merge(saved), enabled != null);
      if (faults.isEmpty()) {
        return changed;
      }
    } catch (InvalidSettingsException e) {
      faults.addAll(e.errors());
    }
    throw new InvalidSettingsException(faults);
  }

  /** A value that is faulty is left out of the rules, which would blame another one for it. */
  private TraceSettings merge(TraceSettings saved) {
    return new TraceSettings(
        enabled == null ? saved.enabled() : enabled,
        faulty.contains(START) ? null : kept(start, saved.start()),
        faulty.contains(STOP) ? null : kept(stop, saved.stop()),
        faulty.contains(ENVIRONMENT) ? "" : kept(environment, saved.environment()));
  }

  private static <T> @Nullable T kept(@Nullable T value, @Nullable T saved) {
    return value == null ? saved : value;
  }

  /** Returns the environment that must exist for what was made of the body, null if none must. */
  @Nullable String required(TraceSettings changed) {
    return environment != null || changed.enabled() ? changed.environment() : null;
  }

  /** Returns whether it switches recording on. */
  boolean enables() {
    return enabled != null && enabled;
  }

  /** Returns the deployments to make, one for each environment, though it may be named twice. */
  List<DeploymentRequest> deployments() {
    return DeployTargets.requests(deployTo, DeploymentRequest.DEPLOYED);
  }
}

package dev.intermission.trafficlog;

import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.delivery.Delivery;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import dev.intermission.trafficlog.record.RecordForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log settings of one proxy, compiled.
 *
 * @param settings what they were made of
 * @param salt the key of hashes, or null
 * @param byMethod the plans of methods that have one of their own
 * @param others that of all other methods
 */
record ProxyLog(
    TrafficLogSettings settings,
    @Nullable HashSalt salt,
    Map<String, LogPlan> byMethod,
    LogPlan others) {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyLog.class);

  /** A name that no request has as its method. */
  private static final String OTHER = "";

  static ProxyLog of(
      TrafficLogSettings settings,
      @Nullable HashSalt salt,
      Map<String, Delivery> deliveries,
      Consumer<CapturedExchange> log) {
    Map<String, LogPlan> byMethod = new HashMap<>();
    for (MethodLogOverride override : settings.overrides()) {
      byMethod.put(override.method(), plan(settings, salt, deliveries, override.method(), log));
    }
    return new ProxyLog(
        settings, salt, Map.copyOf(byMethod), plan(settings, salt, deliveries, OTHER, log));
  }

  private static LogPlan plan(
      TrafficLogSettings settings,
      @Nullable HashSalt salt,
      Map<String, Delivery> deliveries,
      String method,
      Consumer<CapturedExchange> log) {
    List<LogPlan.Route> routes = new ArrayList<>();
    for (String connection : settings.connections()) {
      Delivery delivery = deliveries.get(connection);
      LogInForce inForce = settings.inForce(connection, method);
      if (delivery != null && inForce != null) {
        RecordForm form = form(connection, inForce, salt);
        if (form != null) {
          routes.add(new LogPlan.Route(delivery, form));
        }
      }
    }
    return LogPlan.of(routes, log);
  }

  /** Returns null where the definitions can't be used: rather no record than one with secrets. */
  private static @Nullable RecordForm form(
      String connection, LogInForce inForce, @Nullable HashSalt salt) {
    try {
      return new RecordForm(inForce, PrivacyRules.of(inForce.privacy(), salt));
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "Nothing is logged to '{}', since a privacy definition can't be used: {}",
          connection,
          e.getMessage());
      return null;
    }
  }

  /** Returns the connections that it would be logged to, but that are not there. */
  Set<String> missing(Set<String> connections) {
    Set<String> missing = new TreeSet<>();
    for (String connection : settings.connections()) {
      boolean isUsed =
          settings.inForce(connection, OTHER) != null
              || settings.overrides().stream()
                  .anyMatch(one -> settings.inForce(connection, one.method()) != null);
      if (isUsed && !connections.contains(connection)) {
        missing.add(connection);
      }
    }
    return missing;
  }

  /** Returns whether it is made of these. */
  boolean isOf(TrafficLogSettings other, @Nullable HashSalt otherSalt) {
    return settings.equals(other) && Objects.equals(salt, otherSalt);
  }

  /** Returns whether requests of any method are logged. */
  boolean logs() {
    return !others.isNothing() || byMethod.values().stream().anyMatch(plan -> !plan.isNothing());
  }

  /** Returns the plan of requests with this method. */
  LogPlan plan(String method) {
    return byMethod.getOrDefault(method, others);
  }
}

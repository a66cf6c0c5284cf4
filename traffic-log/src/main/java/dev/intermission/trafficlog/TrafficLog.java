package dev.intermission.trafficlog;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.ExchangeObserver;
import dev.intermission.trafficlog.capture.Observation;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import dev.intermission.trafficlog.delivery.Delivery;
import dev.intermission.trafficlog.record.RecordForm;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The traffic log of a gateway: which exchanges are logged and where, by what is in force.
 * Thread-safe; nothing of it blocks but {@link #take} and {@link #close}.
 */
public final class TrafficLog implements ExchangeObserver, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficLog.class);

  /** How long between two looks for records that were dropped. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** Of so many APIs that are undeployed the log is kept. */
  private static final int MOST_GONE = 1_000;

  private final Map<String, Delivery> deliveries;
  private final LogPlan otherwise;
  private final BackgroundLoop watch;

  /** The logs of those that are deployed, and of those that were. */
  private volatile Map<ProxyId, ProxyLog> proxies = Map.of();

  private volatile boolean isOn;

  /** Of APIs that are undeployed, in the order in which they were; of the same thread. */
  private final Map<ProxyId, ProxyLog> gone = new LinkedHashMap<>();

  /** What was told to be missing; of the thread of {@link #take} alone. */
  private Set<String> missing = Set.of();

  /**
   * Opens the connections.
   *
   * @param accessLog the connection of the lines of requests that no settings say anything of, or
   *     null for none; it need not be among the others
   * @param connections those that settings can name
   * @param secrets the values of variables that connections name
   * @throws IllegalArgumentException if a variable is missing, or its value can't be that of a
   *     field; the message never holds the value
   */
  public TrafficLog(
      @Nullable LogConnection accessLog,
      List<LogConnection> connections,
      Map<String, String> secrets) {
    Map<String, Map<String, String>> fields = new HashMap<>();
    connections.forEach(one -> fields.put(one.name(), secretFields(one, secrets)));
    Map<String, Delivery> opened = new LinkedHashMap<>();
    for (LogConnection connection : connections) {
      opened.put(
          connection.name(),
          Delivery.to(connection, fields.getOrDefault(connection.name(), Map.of())));
    }
    if (accessLog != null) {
      opened.computeIfAbsent(accessLog.name(), name -> Delivery.to(accessLog, Map.of()));
    }
    deliveries = Map.copyOf(opened);
    Delivery lines = accessLog == null ? null : deliveries.get(accessLog.name());
    otherwise =
        lines == null
            ? LogPlan.NOTHING
            : LogPlan.of(List.of(new LogPlan.Route(lines, RecordForm.LINE)), this::finished);
    isOn = !otherwise.isNothing();
    DropReport drops = new DropReport(deliveries.values());
    watch =
        new BackgroundLoop(
            "traffic-log-drops",
            LOG,
            new BackgroundLoop.Texts(
                "The records that were dropped can't be counted",
                "Dropped records are counted again"),
            new Backoff(BETWEEN_LOOKS, BETWEEN_LOOKS),
            running -> {
              Thread.sleep(BETWEEN_LOOKS.toMillis());
              drops.look();
              running.succeeded();
            });
    if (!deliveries.isEmpty()) {
      watch.start();
    }
  }

  private static Map<String, String> secretFields(
      LogConnection connection, Map<String, String> secrets) {
    Map<String, String> values = new HashMap<>();
    if (connection.target() instanceof LogTarget.Webhook webhook) {
      webhook
          .secretFields()
          .forEach(
              (field, variable) -> {
                String value = secrets.get(variable);
                if (value == null) {
                  throw new IllegalArgumentException(
                      "The connection '"
                          + connection.name()
                          + "' needs the variable "
                          + variable
                          + ", or "
                          + variable
                          + "_FILE, for its field "
                          + field);
                }
                // The client of webhooks would tell the value in its exception.
                if (!LogTarget.Webhook.isValue(value)) {
                  throw new IllegalArgumentException(
                      "The variable "
                          + variable
                          + ", for the field "
                          + field
                          + " of the connection '"
                          + connection.name()
                          + "', holds other characters than visible ASCII");
                }
                values.put(field, value);
              });
    }
    return values;
  }

  @Override
  public boolean isOn() {
    return isOn;
  }

  /** Returns the connections' deliveries, for meters. */
  public Collection<Delivery> deliveries() {
    return deliveries.values();
  }

  /** Puts the log settings of a snapshot in force. Calls must not overlap. */
  public void take(Snapshot snapshot) {
    Map<ProxyId, ProxyLog> before = proxies;
    Map<ProxyId, ProxyLog> next = new HashMap<>();
    Map<TrafficLogSettings, ProxyLog> compiled = new HashMap<>();
    for (DeployedProxy proxy : snapshot.proxies().values()) {
      TrafficLogSettings settings = proxy.parts().trafficLog();
      if (settings != null) {
        HashSalt salt = proxy.parts().hashSalt();
        ProxyLog old = before.get(proxy.id());
        next.put(
            proxy.id(),
            old != null && old.isOf(settings, salt)
                ? old
                : compiled.computeIfAbsent(
                    settings, of -> ProxyLog.of(of, salt, deliveries, this::finished)));
      }
    }
    tellMissing(next.values());
    isOn = !otherwise.isNothing() || next.values().stream().anyMatch(ProxyLog::logs);
    // What is private stays so in requests that are in flight when their API is undeployed.
    gone.keySet().removeIf(id -> snapshot.proxies().containsKey(id));
    before.forEach(
        (id, old) -> {
          if (!snapshot.proxies().containsKey(id)) {
            gone.putIfAbsent(id, old);
          }
        });
    Iterator<ProxyId> first = gone.keySet().iterator();
    while (gone.size() > MOST_GONE) {
      first.next();
      first.remove();
    }
    next.putAll(gone);
    proxies = Map.copyOf(next);
  }

  /** Tells once of each connection that settings name, and that this gateway does not have. */
  private void tellMissing(Collection<ProxyLog> logs) {
    Set<String> now = new TreeSet<>();
    new HashSet<>(logs).forEach(log -> now.addAll(log.missing(deliveries.keySet())));
    for (String connection : now) {
      if (!missing.contains(connection)) {
        LOG.warn(
            "Log settings name the connection '{}', which this gateway does not have: nothing is logged there",
            connection);
      }
    }
    missing = now;
  }

  private LogPlan plan(@Nullable ProxyId proxy, String method) {
    ProxyLog log = proxy == null ? null : proxies.get(proxy);
    return log == null ? otherwise : log.plan(method);
  }

  @Override
  public @Nullable Observation begin(@Nullable ProxyId proxy, String method) {
    LogPlan plan = plan(proxy, method);
    return plan.isNothing() ? null : plan;
  }

  private void finished(CapturedExchange exchange) {
    for (LogPlan.Route route : plan(exchange.proxy(), exchange.method()).routes()) {
      route.delivery().offer(exchange, route.form());
    }
  }

  /** Delivers what waits, for a few seconds at most, and ends. */
  @Override
  public void close() {
    watch.close();
    deliveries.values().forEach(Delivery::finish);
    deliveries.values().forEach(Delivery::close);
  }
}

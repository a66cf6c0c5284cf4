package dev.intermission.trafficlog.trace;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy with a window in which its requests are recorded, or one that had such. Thread-safe. */
final class TracedProxy {

  private static final Logger LOG = LoggerFactory.getLogger(TracedProxy.class);

  /** A name that no request has as its method. */
  private static final String OTHER = "";

  private final ProxyId id;
  private final @Nullable TraceWindow window;
  private final @Nullable TrafficLogSettings settings;
  private final @Nullable HashSalt salt;
  private final LongAdder dropped;

  /** The first millisecond of the window, and the first one behind it. */
  private final long from;

  private final long until;

  /** What is private by method, {@link #OTHER} for all others; empty if it can't be used. */
  private volatile @Nullable Map<String, PrivacyRules> privacy;

  TracedProxy(DeployedProxy proxy, LongAdder dropped) {
    this(
        proxy.id(),
        proxy.parts().trace(),
        proxy.parts().trafficLog(),
        proxy.parts().hashSalt(),
        dropped);
  }

  private TracedProxy(
      ProxyId id,
      @Nullable TraceWindow window,
      @Nullable TrafficLogSettings settings,
      @Nullable HashSalt salt,
      LongAdder dropped) {
    this.id = id;
    this.window = window;
    this.settings = settings;
    this.salt = salt;
    this.dropped = dropped;
    if (window == null) {
      from = Long.MAX_VALUE;
      until = Long.MIN_VALUE;
    } else {
      Instant start = window.from();
      boolean isWhole = start.equals(Instant.ofEpochMilli(start.toEpochMilli()));
      from = isWhole ? start.toEpochMilli() : start.toEpochMilli() + 1;
      until = window.until().toEpochMilli();
    }
  }

  /** Returns the same without a window; what is private stays so. */
  TracedProxy withoutWindow() {
    return window == null ? this : new TracedProxy(id, null, settings, salt, dropped);
  }

  ProxyId id() {
    return id;
  }

  /** Returns whether it is made of these parts of the proxy. */
  boolean isOf(DeployedProxy proxy) {
    return Objects.equals(window, proxy.parts().trace())
        && Objects.equals(settings, proxy.parts().trafficLog())
        && Objects.equals(salt, proxy.parts().hashSalt());
  }

  /** Returns whether requests that begin in this millisecond are recorded. */
  boolean isActiveAt(long millis) {
    return millis >= from && millis < until;
  }

  /** Returns whether the window is active at this time, or begins soon. */
  boolean isNear(long millis, Duration soon) {
    return millis >= from - soon.toMillis() && millis < until;
  }

  /** Counts a request that is not recorded. */
  void drop() {
    dropped.increment();
  }

  /**
   * Returns what is private in requests with this method; null if a definition can't be used, and
   * nothing may be recorded.
   */
  @Nullable PrivacyRules privacy(String method) {
    Map<String, PrivacyRules> byMethod = privacy == null ? prepare() : privacy;
    PrivacyRules rules = byMethod.get(method);
    return rules == null ? byMethod.get(OTHER) : rules;
  }

  /** Compiles what is private, once; to be called before the window begins, since it takes time. */
  synchronized Map<String, PrivacyRules> prepare() {
    Map<String, PrivacyRules> compiled = privacy;
    if (compiled == null) {
      compiled = compiled();
      privacy = compiled;
    }
    return compiled;
  }

  private Map<String, PrivacyRules> compiled() {
    Map<String, PrivacyRules> byMethod = new HashMap<>();
    try {
      byMethod.put(OTHER, rules(OTHER));
      if (settings != null) {
        for (MethodLogOverride override : settings.overrides()) {
          byMethod.put(override.method(), rules(override.method()));
        }
      }
      return Map.copyOf(byMethod);
    } catch (IllegalArgumentException e) {
      LOG.warn(
          "No request of {} is recorded, since a privacy definition can't be used: {}",
          id,
          e.getMessage());
      return Map.of();
    }
  }

  private PrivacyRules rules(String method) {
    return PrivacyRules.ofUnion(
        settings == null ? List.of() : PrivacyUnion.of(settings, method), salt);
  }
}

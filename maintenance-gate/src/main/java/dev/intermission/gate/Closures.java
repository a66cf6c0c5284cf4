package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Window;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counts of the proxies that are closed in one snapshot. A proxy that was closed in the
 * snapshot before keeps its counts; they begin anew when it is closed after it was open. Immutable
 * but for the counts.
 */
final class Closures {

  private final RouteIndex routes;

  /** By the index of the proxy, as far as the last one that is closed; null for one that is not. */
  private final @Nullable ClosureCounts[] counts;

  private Closures(RouteIndex routes, @Nullable ClosureCounts[] counts) {
    this.routes = routes;
    this.counts = counts;
  }

  /** Returns those of a snapshot before which nothing was closed. */
  static Closures first(ServedProxies proxies) {
    return new Closures(proxies.routes(), new ClosureCounts[0]).next(proxies);
  }

  /** Returns those of the next snapshot. */
  Closures next(ServedProxies next) {
    BitSet closed = next.closed();
    @Nullable ClosureCounts[] nextCounts = new ClosureCounts[closed.length()];
    for (int i = closed.nextSetBit(0); i >= 0; i = closed.nextSetBit(i + 1)) {
      int before = next.routes() == routes ? i : routes.indexOf(next.served()[i].deployed().id());
      ClosureCounts kept = at(before);
      nextCounts[i] = kept == null ? new ClosureCounts() : kept;
    }
    return new Closures(next.routes(), nextCounts);
  }

  /** Returns the counts of the proxy with this index, or null if it is not closed. */
  @Nullable ClosureCounts at(int index) {
    return index >= 0 && index < counts.length ? counts[index] : null;
  }

  /**
   * Returns the counts, as {@link dev.intermission.api.NodeCounts} tells them.
   *
   * @param proxies those that these counts are of
   */
  List<ProxyCounts> counts(ServedProxies proxies, InFlight inFlight) {
    List<ProxyCounts> counted = new ArrayList<>();
    List<ProxyCounts> closedAtAllTimes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      ClosureCounts each = counts[i];
      if (each == null) {
        continue;
      }
      DeployedProxy deployed = proxies.served()[i].deployed();
      ProxyCounts told = told(deployed.id(), each, inFlight.of(deployed.id()));
      Window window = deployed.settings().window();
      if (!told.isZero() || !window.equals(Window.NONE)) {
        (window.isClosedAtAllTimes() ? closedAtAllTimes : counted).add(told);
      }
    }
    counted.addAll(closedAtAllTimes);
    for (ProxyId id : inFlight.proxies()) {
      InFlight.Reading reading = inFlight.of(id);
      if (reading.passed() > 0 && routes.indexOf(id) == RouteIndex.NONE) {
        counted.add(new ProxyCounts(id, false, 0, 0, 0, reading.passed(), reading.letIn()));
      }
    }
    return counted;
  }

  private static ProxyCounts told(ProxyId proxy, ClosureCounts counts, InFlight.Reading inFlight) {
    return new ProxyCounts(
        proxy,
        true,
        counts.answers(),
        counts.admitted(),
        counts.bypassed(),
        inFlight.passed(),
        inFlight.letIn());
  }
}

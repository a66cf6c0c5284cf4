package dev.intermission.api;

import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot carries for a proxy beside its deployment. A part takes effect at every node as
 * soon as it is saved, without a deployment; a rollback and the history know nothing of it. (The
 * trace is the exception: it comes and goes with deployments.) A node of an older version skips a
 * part that it does not know, so what a proxy serves must be safe without it. A part that comes new
 * is a component here, and a field of its JSON form.
 *
 * @param bypassTokens those that let requests pass, in the order in which they were made
 * @param admissionSalt decides which clients are admitted; the same for all proxies of a store, and
 *     null where it is not needed
 * @param trafficLog what of its traffic is logged in the snapshot's environment; null for nothing
 * @param hashSalt the key of the hashes in the traffic log; the same for all proxies of a store,
 *     and null where it is not needed
 * @param trace when its requests are recorded in the snapshot's environment; null for never
 */
public record ProxyParts(
    List<BypassToken> bypassTokens,
    @Nullable AdmissionSalt admissionSalt,
    @Nullable TrafficLogSettings trafficLog,
    @Nullable HashSalt hashSalt,
    @Nullable TraceWindow trace) {

  /** Of a proxy that has none. */
  public static final ProxyParts NONE = new ProxyParts(List.of());

  public ProxyParts {
    bypassTokens = List.copyOf(bypassTokens);
  }

  /** Makes parts with these bypass tokens alone. */
  public ProxyParts(List<BypassToken> bypassTokens) {
    this(bypassTokens, null, null, null, null);
  }

  /** Returns these parts with other bypass tokens. */
  public ProxyParts withBypassTokens(List<BypassToken> tokens) {
    return new ProxyParts(tokens, admissionSalt, trafficLog, hashSalt, trace);
  }

  /** Returns these parts with a salt. */
  public ProxyParts withAdmissionSalt(AdmissionSalt salt) {
    return new ProxyParts(bypassTokens, salt, trafficLog, hashSalt, trace);
  }

  /**
   * Returns these parts with settings of the traffic log.
   *
   * @param salt null where the settings need none
   */
  public ProxyParts withTrafficLog(TrafficLogSettings settings, @Nullable HashSalt salt) {
    return new ProxyParts(bypassTokens, admissionSalt, settings, salt, trace);
  }

  /** Returns these parts with a window in which requests are recorded. */
  public ProxyParts withTrace(TraceWindow window) {
    return new ProxyParts(bypassTokens, admissionSalt, trafficLog, hashSalt, window);
  }
}

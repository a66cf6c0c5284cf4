package dev.intermission.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.intermission.api.Cors;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.ProxyParts;
import org.jspecify.annotations.Nullable;

/**
 * The compiled exemptions of all proxies. Those that are equal are one object: many proxies are
 * often closed with the same ones, and what many requests read stays in the processor's caches.
 * What no proxy has any more goes with the last snapshot that it was in. Thread-safe.
 */
final class SharedExemptions {

  /** All that {@link ProxyExemptions} are made of. */
  private record Source(Exemptions exemptions, Cors cors, ProxyParts parts) {}

  private final Cache<Source, ProxyExemptions> compiled =
      Caffeine.newBuilder().weakValues().build();

  /** Returns those of a proxy, or null if there are none. */
  @Nullable ProxyExemptions of(DeployedProxy proxy) {
    Exemptions exemptions = proxy.settings().exemptions();
    ProxyParts parts = proxy.parts();
    if (exemptions.equals(Exemptions.NONE) && parts.bypassTokens().isEmpty()) {
      return null;
    }
    return compiled.get(
        new Source(exemptions, proxy.settings().cors(), parts),
        source -> new ProxyExemptions(proxy.settings(), parts));
  }
}

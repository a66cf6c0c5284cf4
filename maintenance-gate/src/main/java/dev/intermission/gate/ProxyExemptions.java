package dev.intermission.gate;

import dev.intermission.api.BypassToken;
import dev.intermission.api.IpAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lets requests pass a closed proxy, compiled; what is null lets none pass. Immutable.
 *
 * @param openPaths stay open
 * @param tokens by their hashes
 */
record ProxyExemptions(
    @Nullable ClosedMethods methods,
    @Nullable OpenPaths openPaths,
    @Nullable AddressSet addresses,
    @Nullable AdmittedShare share,
    Map<String, BypassToken> tokens) {

  /** Returns what lets a request pass whatever its path is, or {@link Passage#CLOSED}. */
  Passage passage(AskedRequest request) {
    if (methods != null && !methods.has(request.head())) {
      return Passage.EXEMPT;
    }
    if (addresses != null) {
      IpAddress client = request.client();
      if (client != null && addresses.contains(client)) {
        return Passage.EXEMPT_CLIENT;
      }
    }
    if (share != null && share.admits(request)) {
      return Passage.ADMITTED;
    }
    if (!tokens.isEmpty()) {
      Bypass bypass = request.bypass();
      if (bypass != null && bypass.opens(tokens)) {
        return Passage.BYPASSED;
      }
    }
    return Passage.CLOSED;
  }
}

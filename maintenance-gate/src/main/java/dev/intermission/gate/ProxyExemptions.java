package dev.intermission.gate;

import dev.intermission.api.AddressRange;
import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lets requests pass a closed proxy, compiled. Immutable. */
final class ProxyExemptions {

  private final @Nullable ClosedMethods methods;
  private final @Nullable OpenPaths paths;
  private final @Nullable AddressSet addresses;
  private final @Nullable AdmittedShare share;
  private final List<BypassToken> tokens;

  private ProxyExemptions(DeployedProxy proxy) {
    Exemptions exemptions = proxy.settings().exemptions();
    methods = ClosedMethods.of(proxy.settings());
    paths = OpenPaths.of(proxy.proxy(), exemptions.openPaths());
    List<AddressRange> ranges = exemptions.openToAddresses();
    addresses = ranges.isEmpty() ? null : new AddressSet(ranges);
    share = AdmittedShare.of(proxy);
    tokens = proxy.parts().bypassTokens();
  }

  /** Returns those of a proxy, or null if there are none. */
  static @Nullable ProxyExemptions of(DeployedProxy proxy) {
    boolean any =
        !proxy.settings().exemptions().equals(Exemptions.NONE)
            || !proxy.parts().bypassTokens().isEmpty();
    return any ? new ProxyExemptions(proxy) : null;
  }

  /** Returns what lets the request with this plain path pass, or {@link Passage#CLOSED}. */
  Passage passage(AskedRequest request, String plainPath) {
    if (paths != null && paths.cover(plainPath)) {
      return Passage.EXEMPT;
    }
    return passage(request);
  }

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

  /** Returns the open paths, or null if there are none. */
  @Nullable OpenPaths openPaths() {
    return paths;
  }
}

package dev.intermission.gate;

import dev.intermission.api.AddressRange;
import dev.intermission.api.BypassToken;
import dev.intermission.api.Exemptions;
import dev.intermission.api.IpAddress;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyParts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What lets requests pass a closed proxy, compiled. Proxies with equal exemptions share one object
 * ({@link SharedExemptions}). Immutable.
 */
final class ProxyExemptions {

  private final @Nullable ClosedMethods methods;
  private final @Nullable OpenPaths paths;
  private final @Nullable AddressSet addresses;
  private final @Nullable AdmittedShare share;

  /** By their hashes. */
  private final Map<String, BypassToken> tokens;

  ProxyExemptions(MaintenanceSettings settings, ProxyParts parts) {
    Exemptions exemptions = settings.exemptions();
    methods = ClosedMethods.of(settings);
    paths = OpenPaths.of(exemptions.openPaths());
    List<AddressRange> ranges = exemptions.openToAddresses();
    addresses = ranges.isEmpty() ? null : new AddressSet(ranges);
    share = AdmittedShare.of(exemptions, parts.admissionSalt());
    tokens =
        parts.bypassTokens().stream()
            .collect(
                Collectors.toMap(
                    BypassToken::hash,
                    token -> token,
                    BinaryOperator.maxBy(Comparator.comparing(BypassToken::expires))));
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

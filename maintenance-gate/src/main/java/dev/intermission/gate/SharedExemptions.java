package dev.intermission.gate;

import dev.intermission.api.AddressRange;
import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.BypassToken;
import dev.intermission.api.Cors;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.ProxyParts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the exemptions of all proxies. Those that are equal are one object, as are equal parts
 * of different ones. Thread-safe.
 */
final class SharedExemptions {

  private record Whole(
      Exemptions exemptions, Cors cors, List<BypassToken> tokens, @Nullable AdmissionSalt salt) {}

  private record Methods(List<String> closed, Cors cors) {}

  private record Share(int percent, @Nullable String field, @Nullable AdmissionSalt salt) {}

  private final Shared<Whole, ProxyExemptions> wholes = new Shared<>(this::compile);
  private final Shared<Methods, ClosedMethods> methods =
      new Shared<>(source -> new ClosedMethods(source.closed(), CorsFields.of(source.cors())));
  private final Shared<List<String>, OpenPaths> paths = new Shared<>(OpenPaths::new);
  private final Shared<List<AddressRange>, AddressSet> addresses = new Shared<>(AddressSet::new);
  private final Shared<Share, AdmittedShare> shares =
      new Shared<>(source -> new AdmittedShare(source.percent(), source.field(), source.salt()));

  /** Returns those of a proxy, or null if there are none. */
  @Nullable ProxyExemptions of(DeployedProxy proxy) {
    Exemptions exemptions = proxy.settings().exemptions();
    ProxyParts parts = proxy.parts();
    boolean any = !exemptions.equals(Exemptions.NONE) || !parts.bypassTokens().isEmpty();
    return any
        ? wholes.of(
            new Whole(
                exemptions, proxy.settings().cors(), parts.bypassTokens(), parts.admissionSalt()))
        : null;
  }

  private ProxyExemptions compile(Whole whole) {
    Exemptions from = whole.exemptions();
    return new ProxyExemptions(
        from.closedMethods().isEmpty()
            ? null
            : methods.of(new Methods(from.closedMethods(), whole.cors())),
        from.openPaths().isEmpty() ? null : paths.of(from.openPaths()),
        from.openToAddresses().isEmpty() ? null : addresses.of(from.openToAddresses()),
        from.admitPercent() == 0
            ? null
            : shares.of(new Share(from.admitPercent(), from.admitBy(), whole.salt())),
        byHash(whole.tokens()));
  }

  private static Map<String, BypassToken> byHash(List<BypassToken> tokens) {
    return tokens.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                BypassToken::hash,
                token -> token,
                BinaryOperator.maxBy(Comparator.comparing(BypassToken::expires))));
  }
}

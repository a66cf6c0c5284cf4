package dev.intermission.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot carries for a proxy beside its deployment. A part takes effect at every node as
 * soon as it is saved, without a deployment; a deployment, a rollback and the history know nothing
 * of it. A node of an older version skips a part that it does not know, so what a proxy serves must
 * be safe without it. A part that comes new is a component here, and a field of its JSON form.
 *
 * @param bypassTokens those that let requests pass, in the order in which they were made
 * @param admissionSalt decides which clients are admitted; the same for all proxies of a store, and
 *     null where it is not needed
 */
public record ProxyParts(List<BypassToken> bypassTokens, @Nullable AdmissionSalt admissionSalt) {

  /** Of a proxy that has none. */
  public static final ProxyParts NONE = new ProxyParts(List.of(), null);

  public ProxyParts {
    bypassTokens = List.copyOf(bypassTokens);
  }

  /** Makes parts with these bypass tokens alone. */
  public ProxyParts(List<BypassToken> bypassTokens) {
    this(bypassTokens, null);
  }

  /** Returns these parts with other bypass tokens. */
  public ProxyParts withBypassTokens(List<BypassToken> tokens) {
    return new ProxyParts(tokens, admissionSalt);
  }

  /** Returns these parts with a salt. */
  public ProxyParts withAdmissionSalt(AdmissionSalt salt) {
    return new ProxyParts(bypassTokens, salt);
  }
}

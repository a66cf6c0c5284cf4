package dev.intermission.api;

import java.util.List;

/**
 * What a snapshot carries for a proxy beside its deployment. A part takes effect at every node as
 * soon as it is saved, without a deployment; a deployment, a rollback and the history know nothing
 * of it. A node of an older version skips a part that it does not know, so what a proxy serves must
 * be safe without it. A part that comes new is a component here, and a field of its JSON form.
 *
 * @param bypassTokens those that let requests pass, in the order in which they were made
 */
public record ProxyParts(List<BypassToken> bypassTokens) {

  /** Of a proxy that has none. */
  public static final ProxyParts NONE = new ProxyParts(List.of());

  public ProxyParts {
    bypassTokens = List.copyOf(bypassTokens);
  }

  /** Returns these parts with other bypass tokens. */
  public ProxyParts withBypassTokens(List<BypassToken> tokens) {
    return new ProxyParts(tokens);
  }
}

package dev.intermission.admin.access;

import dev.intermission.feed.server.NodeAuthenticator;

/**
 * Lets gateway nodes follow an environment with the access token of a user who may do so. Safe for
 * use by many threads.
 */
public final class NodeTokens implements NodeAuthenticator {

  private final AccessTokens tokens;

  /** Makes an authenticator that accepts these tokens. */
  public NodeTokens(AccessTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Verdict check(String token, String environment) {
    if (!(tokens.check(token) instanceof TokenCheck.Accepted accepted)) {
      return Verdict.INVALID_TOKEN;
    }
    return accepted.user().mayFollow(environment) ? Verdict.ACCEPTED : Verdict.NOT_ALLOWED;
  }
}

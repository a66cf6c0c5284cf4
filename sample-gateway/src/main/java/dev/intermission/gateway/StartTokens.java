package dev.intermission.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The tokens that a gateway is started with.
 *
 * @param admin the secret of a token of the user {@value #ADMIN}, which is one before the first
 *     request is answered; or null to leave the tokens as they are
 * @param feed the token for the admin nodes, where this gateway follows others
 */
public record StartTokens(@Nullable String admin, @Nullable String feed) {

  /** The user that the token of operators belongs to. */
  public static final String ADMIN = "admin";

  /** No token of either kind. */
  public static final StartTokens NONE = new StartTokens(null, null);

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "StartTokens";
  }
}

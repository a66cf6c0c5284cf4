package dev.intermission.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a gateway is started with.
 *
 * @param admin the secret of a token of the user {@value #ADMIN}, which is one before the first
 *     request is answered; or null to leave the tokens as they are
 * @param feed the token for the admin nodes, where this gateway follows others
 * @param connections the secrets of the traffic log's connections, by the names of the variables
 *     that hold them
 */
public record StartTokens(
    @Nullable String admin, @Nullable String feed, Map<String, String> connections) {

  /** The user that the token of operators belongs to. */
  public static final String ADMIN = "admin";

  /** No token of either kind. */
  public static final StartTokens NONE = new StartTokens(null, null);

  public StartTokens {
    connections = Map.copyOf(connections);
  }

  /** Makes tokens without secrets of connections. */
  public StartTokens(@Nullable String admin, @Nullable String feed) {
    this(admin, feed, Map.of());
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "StartTokens";
  }
}

package dev.intermission.admin.access;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Right;
import dev.intermission.api.TokenHash;
import dev.intermission.api.User;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.SettingsStore;
import java.util.List;

/**
 * Checks the access of callers in the order of the contract: token, then project and membership,
 * then right, then proxy. A caller who may not see a project learns nothing about its contents.
 */
public final class Admission {

  private static final String SCHEME = "Bearer";

  private final AccessTokens tokens;
  private final SettingsStore store;

  public Admission(AccessTokens tokens, SettingsStore store) {
    this.tokens = tokens;
    this.store = store;
  }

  /** A member of the project of a call, who may read what is in it. */
  public record Caller(User user, String project, Author author) {

    /**
     * Requires a right in the project.
     *
     * @throws Refusal if the caller does not have it
     */
    public void require(Right right) {
      if (!user.may(right, project)) {
        throw Refusal.missing(right);
      }
    }
  }

  /**
   * Admits a caller who may read the project.
   *
   * @throws Refusal if the caller may not
   */
  public Caller member(Call call) {
    User user = authenticated(call);
    String project = call.project();
    if (!user.isMemberOf(project) || !store.projectExists(project)) {
      throw Refusal.unknownProject(project);
    }
    return new Caller(user, project, call.author());
  }

  /**
   * Admits a caller who has this right in the project.
   *
   * @throws Refusal if the caller does not have it
   */
  public Caller holder(Call call, Right right) {
    Caller caller = member(call);
    caller.require(right);
    return caller;
  }

  /**
   * Admits a caller who has a valid token, whatever the rights of its user.
   *
   * @throws Refusal if the token is not valid
   */
  public User user(Call call) {
    return authenticated(call);
  }

  /**
   * A caller who stays, and has to be admitted again from time to time.
   *
   * @param user the user at the time of the call
   * @param tokenHash the hash of the token, which says nothing about the token
   */
  public record Standing(User user, String tokenHash) {}

  /**
   * Admits a caller like {@link #user}, for a call that stays open.
   *
   * @throws Refusal if the token is not valid
   */
  public Standing standing(Call call) {
    User user = authenticated(call);
    return new Standing(user, TokenHash.of(bearerToken(call.fields("Authorization"))));
  }

  /** Checks the token of a caller who stays; accepted, it has the user with the present rights. */
  public TokenCheck again(String tokenHash) {
    return tokens.checkHash(tokenHash);
  }

  /**
   * Returns the proxy of a call about its deployments.
   *
   * @throws Refusal if there is no such proxy
   */
  public ProxyId proxy(Call call) {
    ProxyId id = call.proxyId();
    if (store.proxy(id).isEmpty()) {
      throw Refusal.unknownProxyWithName(id.name());
    }
    return id;
  }

  /**
   * Lets in system administrators alone.
   *
   * @throws Refusal if the caller is none
   */
  public void requireSystemAdministrator(Call call) {
    if (!authenticated(call).systemAdministrator()) {
      throw Refusal.missing(Right.MANAGE);
    }
  }

  private User authenticated(Call call) {
    TokenCheck check = tokens.check(bearerToken(call.fields("Authorization")));
    if (check instanceof TokenCheck.Accepted accepted) {
      call.by(accepted.user());
      return accepted.user();
    }
    throw check == TokenCheck.Refused.EXPIRED ? Refusal.expiredToken() : Refusal.invalidToken();
  }

  /**
   * Returns the token of {@code Bearer 1*SP token}, the scheme in any case (RFC 6750, RFC 9110).
   *
   * @param fields the values of the request's {@code Authorization} fields
   * @throws Refusal if there is none, or more than one
   */
  public static String bearerToken(List<String> fields) {
    if (fields.size() > 1) {
      throw Refusal.invalidToken();
    }
    String field = fields.isEmpty() ? "" : fields.get(0).strip();
    int space = field.indexOf(' ');
    String scheme = space < 0 ? field : field.substring(0, space);
    String token = space < 0 ? "" : field.substring(space).strip();
    if (field.isEmpty() || (token.isEmpty() && scheme.equalsIgnoreCase(SCHEME))) {
      throw Refusal.noToken();
    }
    if (!scheme.equalsIgnoreCase(SCHEME)) {
      throw Refusal.noBearer();
    }
    return token;
  }
}

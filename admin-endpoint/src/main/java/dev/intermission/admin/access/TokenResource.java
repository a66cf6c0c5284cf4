package dev.intermission.admin.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.intermission.admin.access.ClientCredentials.Outcome;
import dev.intermission.admin.http.BasicCredentials;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Form;
import dev.intermission.admin.http.LoggedChange;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.store.AccessToken;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Issues a token for a client id, which is a user's name, and its secret (contract section 4). */
public final class TokenResource implements Resource {

  private static final int FORM_LIMIT = 16 << 10;
  private static final String ID = "client_id";
  private static final String SECRET = "client_secret";

  private final ClientCredentials credentials;
  private final AccessTokens tokens;
  private final Duration lifetime;

  public TokenResource(ClientCredentials credentials, AccessTokens tokens, Duration lifetime) {
    this.credentials = credentials;
    this.tokens = tokens;
    this.lifetime = lifetime;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("POST", this::issue);
  }

  private Reply issue(Call call) throws InterruptedException {
    Body body = call.body(FORM_LIMIT);
    body.mediaType(List.of(Form.MEDIA_TYPE), Map.of());
    Form form = Form.parse(body.text());
    if (!form.value("grant_type").filter("client_credentials"::equals).isPresent()) {
      throw Refusal.unsupportedGrantType();
    }
    Optional<BasicCredentials> basic = BasicCredentials.of(call);
    BasicCredentials given = basic.isPresent() ? notInForm(form, basic.get()) : inForm(form);
    String id = given.id();
    Outcome outcome = credentials.check(call.address(), id, given.secret());
    if (outcome instanceof Outcome.Accepted accepted) {
      call.by(accepted.user());
      AccessTokens.Issued issued = tokens.create(accepted.user().name(), lifetime);
      return Reply.ok(new Answer(issued.secret(), "Bearer", lifetime.toSeconds()))
          .changing(List.of(new LoggedChange(text(issued.token()))));
    }
    if (outcome instanceof Outcome.TooManyFailures failures) {
      throw Refusal.tooManyAttempts(failures.retryAfter());
    }
    if (outcome instanceof Outcome.Busy busy) {
      throw Refusal.unavailable(
          "Too many clients ask for a token at the same time", busy.retryAfter());
    }
    Refusal refusal = basic.isPresent() ? Refusal.badBasicCredentials() : Refusal.badCredentials();
    Reply reply = refusal.reply();
    // An unknown id is not logged: it may be a secret in the wrong field.
    boolean userExists = outcome instanceof Outcome.Refused refused && refused.userExists();
    return userExists ? reply.noting("Bad credentials for " + id) : reply;
  }

  private static String text(AccessToken token) {
    return String.format(
        Locale.ROOT,
        "made the token %s of %s, good until %s",
        token.id(),
        token.username(),
        token.expires());
  }

  private static BasicCredentials inForm(Form form) {
    require(form, ID, SECRET);
    return new BasicCredentials(form.value(ID).orElseThrow(), form.value(SECRET).orElseThrow());
  }

  /** A client must not use two ways to authenticate (RFC 6749 section 2.3). */
  private static BasicCredentials notInForm(Form form, BasicCredentials basic) {
    boolean otherId = form.value(ID).filter(id -> !id.equals(basic.id())).isPresent();
    if (otherId || form.value(SECRET).isPresent()) {
      throw Refusal.badRequest(
          "The credentials are in the Authorization field and in the form; send them once");
    }
    return basic;
  }

  private static void require(Form form, String... names) {
    List<FieldError> missing =
        Stream.of(names)
            .filter(name -> form.value(name).isEmpty())
            .map(name -> new FieldError(name, "is missing"))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidSettingsException(missing);
    }
  }

  /** The answer of RFC 6749 section 5.1. */
  private record Answer(
      @JsonProperty("access_token") String token,
      @JsonProperty("token_type") String type,
      @JsonProperty("expires_in") long seconds) {}
}

package dev.intermission.gateway.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.api.TokenText;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The token of a context with a client id. It is made when it is needed, and kept in the context
 * for later commands. Safe for several threads.
 */
final class RenewedToken implements TokenSource {

  /** A token is renewed so long before it ends, but never in the first nine tenths of its life. */
  private static final long SOON_SECONDS = 60;

  private final String name;
  private final ContextsFile file;
  private final Clock clock;
  private final Output output;
  private ServerContext context;
  private boolean warned;

  RenewedToken(String name, ServerContext context, ContextsFile file, Clock clock, Output output) {
    this.name = name;
    this.context = context;
    this.file = file;
    this.clock = clock;
    this.output = output;
  }

  @Override
  public synchronized String token(FailOver nodes) {
    String kept = usable();
    if (kept == null) {
      takeFromFile();
      kept = usable();
    }
    return kept == null ? made(nodes) : kept;
  }

  @Override
  public synchronized String renewed(String refused, FailOver nodes) {
    String kept = usable();
    return kept == null || kept.equals(refused) ? made(nodes) : kept;
  }

  private @Nullable String usable() {
    Instant expires = context.tokenExpires();
    return expires == null || clock.instant().isBefore(expires) ? context.token() : null;
  }

  /** Another process may have renewed it meanwhile. */
  private void takeFromFile() {
    try {
      ServerContext there = file.read().all().get(name);
      if (there != null && there.isSameClient(context)) {
        context = there;
      }
    } catch (CommandFailure e) {
      warnOnce(e);
    }
  }

  private String made(FailOver nodes) {
    ApiAnswer answer = ManagementApi.answered(nodes.send(request()));
    if (answer.status() == 400 || answer.status() == 401) {
      throw new CommandFailure(
          Exit.DENIED,
          "No token for the client id of the context '"
              + name
              + "': "
              + answer.message()
              + "\n'intermission context add' replaces the client id and its secret.");
    }
    JsonNode body = ManagementApi.checked(answer).json();
    String token = body == null ? "" : body.path("access_token").asText();
    if (body == null || !TokenText.isAllowed(token)) {
      throw new CommandFailure(
          Exit.FAILED, "The answer to the client id of the context '" + name + "' has no token");
    }
    context = context.withToken(token, expires(body));
    try {
      file.change(contexts -> contexts.withToken(name, context));
    } catch (CommandFailure e) {
      warnOnce(e);
    }
    return token;
  }

  private ApiRequest request() {
    String form =
        "grant_type=client_credentials&client_id="
            + ManagementApi.encoded(String.valueOf(context.clientId()))
            + "&client_secret="
            + ManagementApi.encoded(String.valueOf(context.clientSecret()));
    // Two tokens do no harm, so this can be sent again.
    return new ApiRequest(
        "POST",
        "/apiops/auth/token",
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        form,
        true);
  }

  private @Nullable Instant expires(JsonNode body) {
    long seconds = body.path("expires_in").asLong();
    return seconds <= 0
        ? null
        : clock.instant().plusMillis(seconds * 1000 - Math.min(SOON_SECONDS * 1000, seconds * 100));
  }

  private void warnOnce(CommandFailure failure) {
    if (!warned) {
      warned = true;
      output.warn(
          "The context '"
              + name
              + "' does not keep the new token, so that the next command makes another one. "
              + failure.text());
    }
  }
}

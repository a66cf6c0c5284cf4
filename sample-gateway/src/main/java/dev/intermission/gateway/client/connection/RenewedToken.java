package dev.intermission.gateway.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token of a context with a client id: made when it is needed, and kept in the context. */
final class RenewedToken implements TokenSource {

  /** A token that ends within this many seconds is renewed before it is used. */
  private static final long SOON = 60;

  private final String name;
  private final ServerContext context;
  private final ContextsFile file;
  private final Clock clock;

  RenewedToken(String name, ServerContext context, ContextsFile file, Clock clock) {
    this.name = name;
    this.context = context;
    this.file = file;
    this.clock = clock;
  }

  @Override
  public String token(FailOver nodes) {
    String kept = context.token();
    Instant expires = context.tokenExpires();
    return kept != null && expires != null && clock.instant().isBefore(expires.minusSeconds(SOON))
        ? kept
        : made(nodes);
  }

  @Override
  public @Nullable String renewed(String refused, FailOver nodes) {
    return refused.equals(context.token()) ? made(nodes) : null;
  }

  private String made(FailOver nodes) {
    String form =
        "grant_type=client_credentials&client_id="
            + ManagementApi.encoded(String.valueOf(context.clientId()))
            + "&client_secret="
            + ManagementApi.encoded(String.valueOf(context.clientSecret()));
    // Two tokens do no harm, so this can be sent again.
    ApiRequest request =
        new ApiRequest(
            "POST",
            "/apiops/auth/token",
            Map.of("Content-Type", "application/x-www-form-urlencoded"),
            form,
            true);
    ApiAnswer answer = ManagementApi.answered(nodes.send(request));
    JsonNode body = answer.json();
    if (!answer.isOk() || body == null) {
      throw new CommandFailure(
          Exit.DENIED,
          "No token for the client id of the context '" + name + "': " + answer.message());
    }
    String token = body.path("access_token").asText();
    Instant expires = clock.instant().plusSeconds(body.path("expires_in").asLong());
    file.write(file.read().with(name, context.withToken(token, expires)));
    return token;
  }
}

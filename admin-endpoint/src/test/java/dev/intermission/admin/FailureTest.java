package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors that come and go: tokens that end, a store that fails. */
class FailureTest extends AdminTest {

  private static final String INVALID = "Bearer error=\"invalid_token\"";

  private Path folder = Path.of("");

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    super.start(folder);
  }

  @Test
  void aRevokedTokenIsNotValid() throws Exception {
    server.tokens.list().stream()
        .filter(token -> token.username().equals("operator"))
        .forEach(token -> server.tokens.revoke(token.id()));
    assertUnauthorized(get(PROXIES), "Token is not valid!", INVALID);
  }

  @Test
  void anExpiredTokenSaysSo() throws Exception {
    server.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(get(PROXIES).status()).isEqualTo(200);
    server.clock.advance(Duration.ofMillis(1));
    assertUnauthorized(get(PROXIES), "Token was expired!", INVALID);
  }

  @Test
  void aStoreThatIsGoneIsUnavailableAndNothingIsSaved() throws Exception {
    Path file = folder.resolve("intermission.db");
    Path away = folder.resolve("away.db");
    Files.move(file, away);
    for (Http request :
        new Http[] {
          Http.request("PATCH", MODE).token(server.token("operator")).json("{\"enabled\":true}"),
          Http.request("GET", PROXIES).token(server.token("operator")),
          Http.request("POST", PRODUCTION).token(server.token("operator")),
          Http.request("POST", TOKEN)
              .form("grant_type=client_credentials&client_id=operator&client_secret=x")
        }) {
      Http.Answer answer = send(request);
      assertRefused(
          answer,
          503,
          "temporarily_unavailable",
          "The store can not be reached or can not write now; nothing was saved");
      assertThat(answer.field("Retry-After")).isEqualTo("5");
    }
    Files.move(away, file);
    assertNothingSaved();
    assertThat(patch("{\"enabled\":true}").body()).satisfies(AdminTest::assertSaved);
  }

  @Test
  void anythingUnexpectedTellsNothingOfTheInside() throws Exception {
    assertRefused(
        send(
            Http.request("POST", TOKEN)
                .form("grant_type=client_credentials&client_id=misconfigured&client_secret=x")),
        500,
        "server_error",
        "An unexpected error occurred");
  }
}

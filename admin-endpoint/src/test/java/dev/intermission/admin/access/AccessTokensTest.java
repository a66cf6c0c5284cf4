package dev.intermission.admin.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.store.AccessToken;
import dev.intermission.store.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {

  private static final Instant NOW = Instant.parse("2026-07-01T10:00:00.123Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Path folder;
  private final JdbcStore store;

  AccessTokensTest(@TempDir Path folder) {
    this.folder = folder;
    store = TwoUsers.store(folder, null);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private AccessTokens at(Instant time) {
    return new AccessTokens(store.tokens(), Clock.fixed(time, ZoneOffset.UTC));
  }

  private static void assertAccepted(TokenCheck check, String username) {
    assertThat(check)
        .isInstanceOfSatisfying(
            TokenCheck.Accepted.class, a -> assertThat(a.user().name()).isEqualTo(username));
  }

  @Test
  void aTokenIsItsUsersFromNowOn() {
    AccessTokens.Issued issued = at(NOW.plusNanos(456)).create("admin", null);
    assertThat(issued.token().username()).isEqualTo("admin");
    assertThat(issued.token().created()).isEqualTo(NOW);
    assertThat(issued.token().expires()).isNull();
    assertThat(at(NOW).list()).containsExactly(issued.token());
    assertAccepted(at(NOW.plus(Duration.ofDays(100_000))).check(issued.secret()), "admin");
  }

  @Test
  void secretsAreLongRandomAndRecognisable() {
    Set<String> secrets = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      AccessTokens.Issued issued = at(NOW).create("viewer", HOUR);
      assertThat(issued.secret()).matches("imt_[A-Za-z0-9_-]{43}");
      assertThat(issued.token().id()).matches("[0-9a-f]{16}");
      secrets.add(issued.secret());
      ids.add(issued.token().id());
    }
    assertThat(secrets).hasSize(100);
    assertThat(ids).hasSize(100);
  }

  @Test
  void aSecretIsNowhereInTheStore() throws IOException {
    AccessTokens.Issued issued = at(NOW).create("admin", HOUR);
    at(NOW).keep("viewer", "my-own-secret");
    assertThat(issued.toString()).doesNotContain(issued.secret(), issued.token().hash());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file, ISO_8859_1))
            .doesNotContain(issued.secret(), "my-own-secret");
      }
    }
  }

  @Test
  void aTokenExpiresAtItsTime() {
    String secret = at(NOW).create("admin", HOUR).secret();
    assertAccepted(at(NOW.plus(HOUR).minusMillis(1)).check(secret), "admin");
    assertThat(at(NOW.plus(HOUR)).check(secret)).isEqualTo(TokenCheck.Refused.EXPIRED);
    assertAccepted(at(NOW).check(secret), "admin");
  }

  @Test
  void anExpiredTokenIsRememberedForAWeek() {
    String secret = at(NOW).create("admin", HOUR).secret();
    Instant lastMoment = NOW.plus(HOUR).plus(Duration.ofDays(7));
    at(lastMoment).create("viewer", null);
    assertThat(at(lastMoment).check(secret)).isEqualTo(TokenCheck.Refused.EXPIRED);
    at(lastMoment.plusMillis(1)).create("viewer", null);
    assertThat(at(lastMoment).check(secret)).isEqualTo(TokenCheck.Refused.UNKNOWN);
  }

  @Test
  void aRevokedTokenIsUnknown() {
    AccessTokens.Issued issued = at(NOW).create("admin", HOUR);
    assertThat(at(NOW).revoke(issued.token().id())).isTrue();
    assertThat(at(NOW).revoke(issued.token().id())).isFalse();
    assertThat(at(NOW).revoke("other")).isFalse();
    assertThat(at(NOW).check(issued.secret())).isEqualTo(TokenCheck.Refused.UNKNOWN);
    assertThat(at(NOW.plus(HOUR)).check(issued.secret())).isEqualTo(TokenCheck.Refused.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "imt_", "a b", "\u00e9", "a\u0000", "a\n"})
  void anyOtherTextIsUnknown(String text) {
    assertThat(at(NOW).check(text)).isEqualTo(TokenCheck.Refused.UNKNOWN);
  }

  @Test
  void aTokenNeedsAUserAndASensibleLifetime() {
    AccessTokens tokens = at(NOW);
    assertThatThrownBy(() -> tokens.create("nobody", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
    for (Duration lifetime :
        List.of(
            Duration.ZERO,
            Duration.ofMillis(-1),
            Duration.ofDays(36_501),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThatThrownBy(() -> tokens.create("admin", lifetime))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at most 36500 days");
    }
    assertThat(tokens.list()).isEmpty();
  }

  @Test
  void aKeptSecretIsATokenOverRestarts() {
    at(NOW).keep("admin", "my-own-secret");
    List<AccessToken> kept = store.tokens().tokens();
    at(NOW.plus(HOUR)).keep("admin", "my-own-secret");
    assertThat(store.tokens().tokens()).isEqualTo(kept).hasSize(1);
    assertAccepted(at(NOW.plus(HOUR)).check("my-own-secret"), "admin");
  }

  @Test
  void anotherKeptSecretTakesThePlaceOfTheFirst() {
    at(NOW).keep("admin", "first");
    at(NOW).keep("admin", "second");
    at(NOW).keep("viewer", "third");
    assertThat(at(NOW).check("first")).isEqualTo(TokenCheck.Refused.UNKNOWN);
    assertAccepted(at(NOW).check("second"), "admin");
    assertAccepted(at(NOW).check("third"), "viewer");
  }

  @Test
  void aTokenThatWasMadeBeforeCanBeKept() {
    AccessTokens.Issued issued = at(NOW).create("admin", null);
    at(NOW).keep("admin", "first");
    at(NOW).keep("admin", issued.secret());
    assertThat(at(NOW).check("first")).isEqualTo(TokenCheck.Refused.UNKNOWN);
    assertAccepted(at(NOW).check(issued.secret()), "admin");
  }

  @Test
  void aSecretThatIsNotForGoodCanNotBeKept() {
    AccessTokens tokens = at(NOW);
    String expiring = tokens.create("admin", HOUR).secret();
    String others = tokens.create("viewer", null).secret();
    AccessTokens.Issued revoked = tokens.create("admin", null);
    tokens.revoke(revoked.token().id());
    assertThatThrownBy(() -> tokens.keep("admin", expiring))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expires at 2026-07-01T11:00:00.123Z");
    assertThatThrownBy(() -> tokens.keep("admin", others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another user's");
    assertThatThrownBy(() -> tokens.keep("admin", revoked.secret()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was revoked");
    assertThatThrownBy(() -> tokens.keep("nobody", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "my secret", "secret\n", "s\u00e9cret", "\u0000"})
  void aTextThatCanNotBeSentCanNotBeKept(String secret) {
    assertThatThrownBy(() -> at(NOW).keep("admin", secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("The token (is empty|has the character U\\+00[0-9A-F]{2} at index .*)");
    assertThat(store.tokens().tokens()).isEmpty();
  }

  @Test
  void aTextThatIsTooLongCanNotBeKept() {
    assertThatThrownBy(() -> at(NOW).keep("admin", "x".repeat(4_097)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The token has 4097 characters, allowed are 4096");
  }
}

package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.store.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Access tokens, as every database must keep them. */
abstract class TokenBehaviour extends StoreBehaviour {

  private static final Instant LATER = NOW.plus(Duration.ofDays(30));
  private static final AccessToken FOREVER =
      new AccessToken("t1", "operator", "aa", NOW, null, null);
  private static final AccessToken EXPIRING =
      new AccessToken("t2", "admin", "bb", NOW.plusMillis(1), LATER, null);

  @Test
  void aTokenIsFoundByItsHash() {
    store.tokens().save(FOREVER);
    store.tokens().save(EXPIRING);

    assertThat(store.tokens().tokenByHash("aa")).contains(FOREVER);
    assertThat(store.tokens().tokenByHash("bb")).contains(EXPIRING);
    assertThat(store.tokens().tokenByHash("AA")).isEmpty();
    assertThat(store.tokens().tokens()).containsExactly(EXPIRING, FOREVER);
  }

  @Test
  void timesAreKeptInWholeMilliseconds() {
    store
        .tokens()
        .save(new AccessToken("t1", "admin", "aa", NOW.plusNanos(9), LATER.plusNanos(9), null));

    assertThat(store.tokens().tokenByHash("aa"))
        .contains(new AccessToken("t1", "admin", "aa", NOW, LATER, null));
  }

  @Test
  void aTokenWithTheSameIdIsReplaced() {
    AccessToken replaced = new AccessToken("t1", "admin", "cc", NOW, LATER, null);
    store.tokens().save(FOREVER);
    store.tokens().save(replaced);

    assertThat(store.tokens().tokens()).containsExactly(replaced);
    assertThat(store.tokens().tokenByHash("aa")).isEmpty();
  }

  @Test
  void aTokenOfAnUnknownUserIsRefused() {
    assertThatThrownBy(
            () -> store.tokens().save(new AccessToken("t", "nobody", "aa", NOW, null, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
    assertThat(store.tokens().tokens()).isEmpty();
  }

  @Test
  void aTokenIsRevokedOnce() {
    store.tokens().save(FOREVER);

    assertThat(store.tokens().revoke("t1", LATER)).isTrue();
    assertThat(store.tokens().revoke("t1", LATER.plusSeconds(1))).isFalse();
    assertThat(store.tokens().revoke("t9", LATER)).isFalse();
    assertThat(store.tokens().tokenByHash("aa"))
        .contains(new AccessToken("t1", "operator", "aa", NOW, null, LATER));
  }

  @Test
  void onlyTokensThatExpiredBeforeAreRemoved() {
    store.tokens().save(FOREVER);
    store.tokens().save(EXPIRING);

    store.tokens().removeExpired(LATER);
    assertThat(store.tokens().tokens()).hasSize(2);

    store.tokens().removeExpired(LATER.plusMillis(1));
    assertThat(store.tokens().tokens()).containsExactly(FOREVER);
  }

  @Test
  void aTokenStaysWhenItsUserIsGone() {
    store.tokens().save(FOREVER);

    store.settings().apply(TestCatalog.small().withUsers(Set.of()), AUTHOR);

    assertThat(store.tokens().tokenByHash("aa")).contains(FOREVER);
    assertThat(store.tokens().user("operator")).isEmpty();
  }
}

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
    store.save(FOREVER);
    store.save(EXPIRING);

    assertThat(store.tokenByHash("aa")).contains(FOREVER);
    assertThat(store.tokenByHash("bb")).contains(EXPIRING);
    assertThat(store.tokenByHash("AA")).isEmpty();
    assertThat(store.tokens()).containsExactly(EXPIRING, FOREVER);
  }

  @Test
  void timesAreKeptInWholeMilliseconds() {
    store.save(new AccessToken("t1", "admin", "aa", NOW.plusNanos(9), LATER.plusNanos(9), null));

    assertThat(store.tokenByHash("aa"))
        .contains(new AccessToken("t1", "admin", "aa", NOW, LATER, null));
  }

  @Test
  void aTokenWithTheSameIdIsReplaced() {
    AccessToken replaced = new AccessToken("t1", "admin", "cc", NOW, LATER, null);
    store.save(FOREVER);
    store.save(replaced);

    assertThat(store.tokens()).containsExactly(replaced);
    assertThat(store.tokenByHash("aa")).isEmpty();
  }

  @Test
  void aTokenOfAnUnknownUserIsRefused() {
    assertThatThrownBy(() -> store.save(new AccessToken("t", "nobody", "aa", NOW, null, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
    assertThat(store.tokens()).isEmpty();
  }

  @Test
  void aTokenIsRevokedOnce() {
    store.save(FOREVER);

    assertThat(store.revoke("t1", LATER)).isTrue();
    assertThat(store.revoke("t1", LATER.plusSeconds(1))).isFalse();
    assertThat(store.revoke("t9", LATER)).isFalse();
    assertThat(store.tokenByHash("aa"))
        .contains(new AccessToken("t1", "operator", "aa", NOW, null, LATER));
  }

  @Test
  void onlyTokensThatExpiredBeforeAreRemoved() {
    store.save(FOREVER);
    store.save(EXPIRING);

    store.removeExpired(LATER);
    assertThat(store.tokens()).hasSize(2);

    store.removeExpired(LATER.plusMillis(1));
    assertThat(store.tokens()).containsExactly(FOREVER);
  }

  @Test
  void aTokenStaysWhenItsUserIsGone() {
    store.save(FOREVER);

    store.apply(TestCatalog.small().withUsers(Set.of()), AUTHOR);

    assertThat(store.tokenByHash("aa")).contains(FOREVER);
    assertThat(store.user("operator")).isEmpty();
  }
}

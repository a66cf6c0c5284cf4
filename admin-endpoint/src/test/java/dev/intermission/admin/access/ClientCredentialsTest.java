package dev.intermission.admin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.admin.access.ClientCredentials.Outcome;
import dev.intermission.store.JdbcStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCredentialsTest {

  private static final String HASH = "$2b$10$eLx6NiePqVkdnWuyDrAeb.8pUWnftKOOmW2DQXz/mf2HMLJ0ppVZW";
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final AttemptLimits LIMITS = new AttemptLimits(4, 2, WINDOW);

  private final JdbcStore store;
  private final AtomicLong time = new AtomicLong();
  private final ClientCredentials credentials;

  ClientCredentialsTest(@TempDir Path folder) {
    store = TwoUsers.store(folder, HASH);
    credentials = new ClientCredentials(store.tokens(), LIMITS, time::get);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Outcome check(String address, String id, String secret) throws InterruptedException {
    return credentials.check(address, id, secret);
  }

  @Test
  void theRightSecretIsAcceptedHoweverOften() throws Exception {
    for (int i = 0; i < 6; i++) {
      assertThat(check("192.0.2.1", "admin", "correct horse")).isInstanceOf(Outcome.Accepted.class);
    }
  }

  @Test
  void aUserIsRefusedFromEveryAddressUntilTheWindowIsOver() throws Exception {
    assertThat(check("192.0.2.1", "admin", "x")).isEqualTo(new Outcome.Refused(true));
    assertThat(check("192.0.2.2", "admin", "x")).isEqualTo(new Outcome.Refused(true));
    time.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(check("192.0.2.3", "admin", "correct horse"))
        .isEqualTo(new Outcome.TooManyFailures(Duration.ofMinutes(4)));
    assertThat(check("192.0.2.3", "viewer", "x")).isEqualTo(new Outcome.Refused(true));
    time.addAndGet(Duration.ofMinutes(4).toNanos());
    assertThat(check("192.0.2.3", "admin", "correct horse")).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void anUnknownUserIsRefusedInTheSameWay() throws Exception {
    assertThat(check("192.0.2.1", "nobody", "x")).isEqualTo(new Outcome.Refused(false));
    assertThat(check("192.0.2.1", "nobody", "x")).isEqualTo(new Outcome.Refused(false));
    assertThat(check("192.0.2.1", "nobody", "x")).isEqualTo(new Outcome.TooManyFailures(WINDOW));
  }

  @Test
  void anAddressIsRefusedForEveryUser() throws Exception {
    for (int i = 0; i < 4; i++) {
      check("2001:db8::" + i, "nobody-" + i, "x");
    }
    assertThat(check("2001:db8::99", "admin", "correct horse"))
        .isEqualTo(new Outcome.TooManyFailures(WINDOW));
    assertThat(check("2001:db8:1::", "admin", "correct horse"))
        .isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void attemptsAtTheSameTimeDoNotGetPastTheLimit() throws Exception {
    int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ExecutorService clients = Executors.newFixedThreadPool(12);
    try {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        outcomes.add(clients.submit(() -> check("192.0.2.1", "admin", "x")));
      }
      int looked = 0;
      for (Future<Outcome> outcome : outcomes) {
        looked += outcome.get(60, TimeUnit.SECONDS) instanceof Outcome.Refused ? 1 : 0;
      }
      assertThat(looked).isBetween(LIMITS.perUser(), LIMITS.perUser() + atOnce - 1);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new AttemptLimits(0, 1, WINDOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed are 1 and more");
    assertThatThrownBy(() -> new AttemptLimits(1, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above zero");
  }
}

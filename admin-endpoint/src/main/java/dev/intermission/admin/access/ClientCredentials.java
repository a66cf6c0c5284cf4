package dev.intermission.admin.access;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.intermission.api.User;
import dev.intermission.api.store.TokenStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Checks a client id, which is a user's name, and its secret. Failures are limited per client
 * address and per user name; few checks run at once, because each keeps a processor busy. The time
 * that a check takes does not reveal whether the user exists. Thread-safe.
 */
public final class ClientCredentials {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final TokenStore users;
  private final FailedAttempts byAddress;
  private final FailedAttempts byUser;
  private final Semaphore running =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /** Checks against the users of this store. */
  public ClientCredentials(TokenStore users, AttemptLimits limits) {
    this(users, limits, Ticker.systemTicker());
  }

  ClientCredentials(TokenStore users, AttemptLimits limits, Ticker ticker) {
    this.users = users;
    byAddress = new FailedAttempts(limits.perAddress(), limits.window(), ticker);
    byUser = new FailedAttempts(limits.perUser(), limits.window(), ticker);
  }

  /** What an attempt led to. */
  public sealed interface Outcome {

    /** They belong to this user. */
    record Accepted(User user) implements Outcome {}

    /**
     * The secret is wrong, or there is no such user.
     *
     * @param userExists which of the two it is, only for the log
     */
    record Refused(boolean userExists) implements Outcome {}

    /**
     * The secret was not checked, because of earlier failures; the right one would not be checked
     * either.
     */
    record TooManyFailures(Duration retryAfter) implements Outcome {}

    /** The secret was not checked, because too many other checks are waiting. */
    record Busy(Duration retryAfter) implements Outcome {}
  }

  /**
   * Checks the secret.
   *
   * @param address where the client comes from
   * @throws InterruptedException if interrupted while waiting for its turn
   * @throws dev.intermission.api.store.StoreUnavailableException if the users can't be read
   */
  public Outcome check(String address, String id, String secret) throws InterruptedException {
    String network = Networks.of(address);
    Duration refused = refusedFor(network, id);
    if (!refused.isZero()) {
      return new Outcome.TooManyFailures(refused);
    }
    if (!running.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
      return new Outcome.Busy(LONGEST_WAIT);
    }
    try {
      // Checks that were admitted before this one may have reached the limit meanwhile.
      refused = refusedFor(network, id);
      return refused.isZero() ? checked(network, id, secret) : new Outcome.TooManyFailures(refused);
    } finally {
      running.release();
    }
  }

  private Outcome checked(String network, String id, String secret) {
    Optional<User> user = users.user(id);
    if (ClientSecret.matches(secret, user.map(User::passwordHash).orElse(null))) {
      return new Outcome.Accepted(user.orElseThrow());
    }
    byAddress.add(network);
    byUser.add(id);
    return new Outcome.Refused(user.isPresent());
  }

  private Duration refusedFor(String network, String id) {
    Duration address = byAddress.refusedFor(network);
    Duration user = byUser.refusedFor(id);
    return address.compareTo(user) > 0 ? address : user;
  }
}

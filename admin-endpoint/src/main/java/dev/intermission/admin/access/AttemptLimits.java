package dev.intermission.admin.access;

import java.time.Duration;

/**
 * How many failed attempts to get a token are allowed.
 *
 * @param perAddress from one client address (of IPv6: from one /64 network), 1 or more
 * @param perUser with one user name, 1 or more
 * @param window the time, from the first failure on, in which failures are counted; afterwards
 *     attempts are allowed again
 */
public record AttemptLimits(int perAddress, int perUser, Duration window) {

  /** Allows 30 failures from an address and 10 with a user name in five minutes. */
  public static final AttemptLimits DEFAULTS = new AttemptLimits(30, 10, Duration.ofMinutes(5));

  /**
   * @throws IllegalArgumentException if a limit is below 1 or the window is not above zero
   */
  public AttemptLimits {
    if (perAddress < 1 || perUser < 1) {
      throw new IllegalArgumentException(
          "the limits of failed attempts are "
              + perAddress
              + " per address and "
              + perUser
              + " per user, allowed are 1 and more");
    }
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "the window of failed attempts is " + window + ", allowed is any time above zero");
    }
  }
}

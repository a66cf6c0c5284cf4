package dev.intermission.store;

import java.time.Duration;

/**
 * How much of the past a store keeps.
 *
 * @param deployments how many records of deployments for each proxy, persistent ones not counted;
 *     one that is in force is kept longer
 * @param auditEntries the number of audit entries kept at least; older ones are deleted from time
 *     to time
 * @param traceAge how long records of traced requests are kept
 * @param traceBytes how many bytes of these are kept, of all proxies together; what rows and
 *     indexes take counts too
 */
public record Retention(int deployments, int auditEntries, Duration traceAge, long traceBytes) {

  /**
   * 100 records of deployments for each proxy, 100,000 audit entries, and 7 days and 1 GiB of
   * traced requests.
   */
  public static final Retention DEFAULT = new Retention(100, 100_000);

  /**
   * @throws IllegalArgumentException if one of them is less than 1, or 1 s
   */
  public Retention {
    if (deployments < 1 || auditEntries < 1 || traceAge.toSeconds() < 1 || traceBytes < 1) {
      throw new IllegalArgumentException(
          "the retention is "
              + deployments
              + " deployments, "
              + auditEntries
              + " audit entries, and "
              + traceAge
              + " and "
              + traceBytes
              + " bytes of traced requests; allowed are 1 or more, and 1 s");
    }
  }

  /** Keeps traced requests for 7 days, and 1 GiB of them. */
  public Retention(int deployments, int auditEntries) {
    this(deployments, auditEntries, Duration.ofDays(7), 1L << 30);
  }
}

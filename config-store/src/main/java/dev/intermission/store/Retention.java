package dev.intermission.store;

/**
 * How much of the past a store keeps.
 *
 * @param deployments how many records of deployments for each proxy, persistent ones not counted;
 *     one that is in force is kept longer
 * @param auditEntries the number of audit entries kept at least; older ones are deleted from time
 *     to time
 */
public record Retention(int deployments, int auditEntries) {

  /** 100 records of deployments for each proxy, and 100,000 audit entries. */
  public static final Retention DEFAULT = new Retention(100, 100_000);

  /**
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Retention {
    if (deployments < 1 || auditEntries < 1) {
      throw new IllegalArgumentException(
          "the retention is "
              + deployments
              + " deployments and "
              + auditEntries
              + " audit entries; allowed are 1 or more");
    }
  }
}

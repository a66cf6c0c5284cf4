package dev.intermission.api.store;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node reports about itself.
 *
 * @param environment the environment that it serves
 * @param name unique in the environment
 * @param servedVersion the version of the snapshot that it serves; 0 before its first
 * @param address where it can be found, for people to read; empty if unknown
 * @param software the software that it runs, with its version; empty if unknown
 * @param format the number of the newest format of settings that it reads; 1 or more
 * @param clockOffset how far its clock is ahead of that of the admin node that it reports to, or
 *     behind it if negative; includes the time that the report took on its way, which makes it
 *     smaller. Null if it did not tell its time
 * @param run tells this process of the node from earlier ones of its name; null if it did not tell
 */
public record NodeReport(
    String environment,
    String name,
    long servedVersion,
    String address,
    String software,
    int format,
    @Nullable Duration clockOffset,
    @Nullable String run) {

  public NodeReport {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(software, "software");
  }

  /** Makes the report of a node that does not tell its processes apart. */
  public NodeReport(
      String environment,
      String name,
      long servedVersion,
      String address,
      String software,
      int format,
      @Nullable Duration clockOffset) {
    this(environment, name, servedVersion, address, software, format, clockOffset, null);
  }
}

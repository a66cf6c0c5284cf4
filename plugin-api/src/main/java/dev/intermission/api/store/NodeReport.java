package dev.intermission.api.store;

import java.util.Objects;

/**
 * What a node reports about itself.
 *
 * @param environment the environment that it serves
 * @param name unique in the environment
 * @param servedVersion the version of the snapshot that it serves; 0 before its first
 * @param address where it can be found, for people to read; empty if unknown
 * @param software the software that it runs, with its version; empty if unknown
 * @param format the number of the newest format of settings that it reads; 1 or more
 */
public record NodeReport(
    String environment,
    String name,
    long servedVersion,
    String address,
    String software,
    int format) {

  public NodeReport {
    Objects.requireNonNull(environment, "environment");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(software, "software");
  }
}

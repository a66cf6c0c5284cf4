package dev.intermission.admin.reload;

/** A host gateway that can read its configuration again while it runs. Thread-safe. */
@FunctionalInterface
public interface Reloading {

  /**
   * Reads the configuration again and puts in force what can change without a restart. A
   * configuration with faults changes nothing.
   */
  ReloadReport reload();
}

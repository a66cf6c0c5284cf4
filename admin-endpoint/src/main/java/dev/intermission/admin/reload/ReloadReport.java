package dev.intermission.admin.reload;

import java.util.List;

/**
 * What came of a reload.
 *
 * @param faults what is wrong with the configuration, a line for each; nothing was changed then
 * @param changes what changed, in words, such as {@code proxy MyProject/MyAPI came}
 * @param restartRequired the keys that differ from those in force, which a restart alone puts in
 *     force
 */
public record ReloadReport(
    List<String> faults, List<String> changes, List<String> restartRequired) {

  public ReloadReport {
    faults = List.copyOf(faults);
    changes = List.copyOf(changes);
    restartRequired = List.copyOf(restartRequired);
  }

  /** Returns the report of a configuration that was refused. */
  public static ReloadReport refused(List<String> faults) {
    return new ReloadReport(faults, List.of(), List.of());
  }
}

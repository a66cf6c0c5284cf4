package dev.intermission.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The memory of a process, as Linux accounts for it in {@code /proc/PID/status} (proc(5)).
 *
 * @param resident bytes now
 * @param peak the most so far, in bytes
 */
record Memory(long resident, long peak) {

  static Memory of(ProcessHandle process) {
    try {
      return parse(Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")));
    } catch (IOException e) {
      throw new CompareException("the memory of process " + process.pid() + " can't be read", e);
    }
  }

  static Memory parse(List<String> status) {
    return new Memory(bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
  }

  private static long bytes(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length(), line.lastIndexOf(" kB")).strip())
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElseThrow(() -> new CompareException("there is no " + field + " in the status"));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.0f MiB resident (%.0f at most)", resident / 1048576.0, peak / 1048576.0);
  }
}

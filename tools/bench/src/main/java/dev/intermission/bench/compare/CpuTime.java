package dev.intermission.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The CPU time of processes, as Linux accounts for it in {@code /proc/PID/stat} (proc(5)). */
final class CpuTime {

  private static final int FIRST_AFTER_NAME = 3;
  private static final List<Integer> UTIME_STIME_CUTIME_CSTIME = List.of(14, 15, 16, 17);

  private CpuTime() {}

  /**
   * Returns the ticks that the process and its children, those that ended included, have used in
   * user and kernel mode. One second has 100 ticks on Linux, whatever the kernel's own clock.
   */
  static long ticks(ProcessHandle process) {
    return ticks(process.pid()) + process.descendants().mapToLong(it -> ticks(it.pid())).sum();
  }

  /** Returns a tick in nanoseconds. */
  static long tickNanos() {
    return 10_000_000;
  }

  private static long ticks(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new CompareException("the CPU time of process " + pid + " can't be read", e);
    }
  }

  /** Returns the sum of the four times in the text of a {@code stat} file. */
  static long parse(String stat) {
    // The name is in parentheses and may hold spaces and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return UTIME_STIME_CUTIME_CSTIME.stream()
        .mapToLong(number -> Long.parseLong(fields[number - FIRST_AFTER_NAME]))
        .sum();
  }
}

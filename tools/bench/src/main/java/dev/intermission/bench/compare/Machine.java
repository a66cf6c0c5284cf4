package dev.intermission.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What the machine's processors have done so far, in ticks (proc(5), {@code /proc/stat}): a run
 * must report that the machine was used by others at the same time.
 */
record Machine(long all, long idle, long stolen) {

  private static final int IDLE = 3;
  private static final int WAITING = 4;
  private static final int STOLEN = 7;
  private static final int COUNTED = 8;

  static Machine now() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return parse(lines.findFirst().orElse(""));
    } catch (IOException e) {
      throw new CompareException("/proc/stat can't be read; this runs on Linux only", e);
    }
  }

  static Machine parse(String line) {
    long[] ticks =
        Arrays.stream(line.split(" +", -1))
            .skip(1)
            .limit(COUNTED)
            .mapToLong(Long::parseLong)
            .toArray();
    return new Machine(Arrays.stream(ticks).sum(), ticks[IDLE] + ticks[WAITING], ticks[STOLEN]);
  }

  /** Returns what the processors did since then. */
  String since(Machine before) {
    double total = Math.max(1.0, (double) (all - before.all));
    return String.format(
        Locale.ROOT,
        "processors idle %.0f %%, stolen %.1f %%",
        100 * (idle - before.idle) / total,
        100 * (stolen - before.stolen) / total);
  }

  static String description() {
    return String.format(
        Locale.ROOT,
        "%d processors, %s %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
  }
}

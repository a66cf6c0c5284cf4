package dev.intermission.trafficlog.trace;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The ids of records, as {@code 20261127T041530123Z-5f2c8e01d9a44b7c}: in order of their times. */
final class TraceIds {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TraceIds() {}

  /** Returns one that no other record has, of any gateway. */
  static String next(Instant time) {
    return TIME.format(time)
        + "-"
        + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}

package dev.intermission.gateway.client.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as operators type them: {@code 18:00}, {@code '2026-07-01 02:00 Europe/Istanbul'}. */
public final class MomentText {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[T ] *)?([0-9]{2}:[0-9]{2}(?::[0-9]{2})?) *(\\S+)?");

  private MomentText() {}

  /**
   * Returns the moment that is meant. Without a date it is the next time at which clocks show that;
   * without a zone it is a time of the terminal's zone.
   *
   * @throws IllegalArgumentException if the text is no time, or if clocks of the zone show that
   *     time never or twice, with both readings
   */
  public static OffsetDateTime parse(String text, Instant now, ZoneId terminal) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "found '"
              + text
              + "', allowed is a time such as 18:00, '2026-07-01 02:00', or '02:00 Europe/Istanbul'");
    }
    ZoneId zone = form.group(3) == null ? terminal : zone(form.group(3));
    try {
      LocalTime time = LocalTime.parse(form.group(2));
      if (form.group(1) != null) {
        return exact(LocalDate.parse(form.group(1)).atTime(time), zone);
      }
      LocalDateTime today = now.atZone(zone).toLocalDate().atTime(time);
      return exact(latest(today, zone).isAfter(now) ? today : today.plusDays(1), zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such date or time: '" + text + "'", e);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "found the zone '"
              + text
              + "', allowed is an offset such as +02:00, or a name such as Europe/Istanbul",
          e);
    }
  }

  /** Returns the last moment that can be meant, also where clocks show the time never or twice. */
  private static Instant latest(LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change == null
        ? time.atZone(zone).toInstant()
        : Collections.max(
            List.of(
                time.toInstant(change.getOffsetBefore()), time.toInstant(change.getOffsetAfter())));
  }

  private static OffsetDateTime exact(LocalDateTime time, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.size() == 1) {
      return time.atOffset(offsets.get(0));
    }
    ZoneOffsetTransition change = rules.getTransition(time);
    throw new IllegalArgumentException(
        time.toLocalDate()
            + " "
            + time.toLocalTime()
            + (change.isGap() ? " does not exist in " : " exists twice in ")
            + zone
            + ", where clocks go from "
            + change.getDateTimeBefore().toLocalTime()
            + " to "
            + change.getDateTimeAfter().toLocalTime()
            + "; write "
            + time.atOffset(change.getOffsetBefore())
            + " or "
            + time.atOffset(change.getOffsetAfter()));
  }
}

package dev.intermission.admin.overview;

import dev.intermission.admin.http.EntityTag;
import dev.intermission.api.User;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From where a client can go on. The store's change and time mean the same to every admin node that
 * shares the store; the number means something to the run of the node that made it.
 *
 * @param change the number of the newest change of the store that the client was told
 * @param time the time of the view that it was told, by the clock of the admin node
 * @param storeTime the same by the clock of the store
 * @param scope what it may see and asked for
 * @param run the run of the admin node that told it
 * @param number the number of the frame that it was told last
 */
record EventId(
    long change, Instant time, Instant storeTime, String scope, String run, long number) {

  /** To be counted up when lines get another form, so that nobody mixes the two. */
  private static final String FORM = "1";

  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9]{1,18})\\.([0-9]{1,14})\\.([0-9]{1,14})\\.([0-9a-f]{16})\\.([0-9a-f]{16})\\.([0-9]{1,18})");

  /** Reads what a client sent; empty if it is no id. */
  static Optional<EventId> read(@Nullable String text) {
    Matcher parts = TEXT.matcher(text == null ? "" : text.strip());
    return parts.matches()
        ? Optional.of(
            new EventId(
                Long.parseLong(parts.group(1)),
                Instant.ofEpochMilli(Long.parseLong(parts.group(2))),
                Instant.ofEpochMilli(Long.parseLong(parts.group(3))),
                parts.group(4),
                parts.group(5),
                Long.parseLong(parts.group(6))))
        : Optional.empty();
  }

  /** Returns what stands for all that the user sees with this query. */
  static String scope(OverviewQuery query, User user) {
    Object projects = user.systemAdministrator() ? "all" : new TreeSet<>(user.rights().keySet());
    return shortened(FORM + "\n" + user.name() + "\n" + query + "\n" + projects);
  }

  /** Returns 16 hexadecimal digits that stand for the text. */
  static String shortened(String text) {
    return EntityTag.of(text).replaceAll("[^0-9a-f]", "").substring(0, 16);
  }

  @Override
  public String toString() {
    String times = time.toEpochMilli() + "." + storeTime.toEpochMilli();
    return change + "." + times + "." + scope + "." + run + "." + number;
  }
}

package dev.intermission.admin.trace;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Query;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.Moment;
import dev.intermission.api.store.TraceStore.Filter;
import dev.intermission.json.Excerpt;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which records a call asks for.
 *
 * @param text the filter in words, for the audit; empty for all records
 * @param page from 1
 * @param size how many results a page has
 */
record TracesQuery(Filter filter, String text, int page, int size) {

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String ENVIRONMENT = "environmentName";
  private static final String STATUS = "status";
  private static final String MIN_MILLIS = "minMillis";
  private static final String PATH = "path";
  private static final String PAGE = "page";
  private static final String SIZE = "size";

  private static final int DEFAULT_SIZE = 100;
  private static final int LARGEST_SIZE = 1000;
  private static final int HIGHEST_STATUS = 999;

  /**
   * Reads the query.
   *
   * @param environments gives those that exist
   * @throws Refusal if it has another parameter, or a value is not allowed
   */
  static TracesQuery of(Call call, Supplier<Set<String>> environments) {
    Query query = call.query(FROM, TO, ENVIRONMENT, STATUS, MIN_MILLIS, PATH, PAGE, SIZE);
    String environment = query.value(ENVIRONMENT).orElse(null);
    if (environment != null && !environments.get().contains(environment)) {
      throw Refusal.unknownEnvironment(environment);
    }
    Filter filter =
        new Filter(
            time(query, FROM),
            time(query, TO),
            environment,
            query.number(STATUS, 0, HIGHEST_STATUS).orElse(null),
            query.number(MIN_MILLIS, 0, Integer.MAX_VALUE).orElse(0),
            query.value(PATH).orElse(""));
    String text =
        Stream.of(FROM, TO, ENVIRONMENT, STATUS, MIN_MILLIS, PATH)
            .flatMap(
                name -> query.value(name).map(value -> name + "=" + Excerpt.of(value)).stream())
            .collect(Collectors.joining(", "));
    return new TracesQuery(
        filter,
        text,
        query.number(PAGE, 1, Integer.MAX_VALUE).orElse(1),
        query.number(SIZE, 1, LARGEST_SIZE).orElse(DEFAULT_SIZE));
  }

  private static @Nullable Instant time(Query query, String name) {
    String text = query.value(name).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      return Moment.parse(text).instant();
    } catch (IllegalArgumentException e) {
      // A + that was not encoded has become a space.
      String hint = text.indexOf(' ') < 0 ? "" : ", where + is %2B";
      throw Refusal.badRequest(
          name + " is '" + Excerpt.of(text) + "', which " + e.getMessage() + hint);
    }
  }
}

package dev.intermission.admin.overview;

import dev.intermission.admin.http.Query;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.User;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.ProxyOverview;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for; null stands for a filter that it does not have.
 *
 * @param closed whether the APIs are to be closed, or open
 * @param text a part of the project's or the proxy's name, in any case
 * @param page from 1
 * @param size how many results a page has
 * @param counts whether what is counted is to be told
 */
record OverviewQuery(
    @Nullable String project,
    @Nullable String environment,
    @Nullable Boolean closed,
    @Nullable String category,
    @Nullable String text,
    int page,
    int size,
    boolean counts) {

  static final String[] FILTERS = {"project", "environment", "closed", "category", "q", "counts"};

  static final String[] PARAMETERS = {
    "project", "environment", "closed", "category", "q", "page", "size", "counts"
  };

  private static final int LARGEST_SIZE = 1000;

  /**
   * Reads the query.
   *
   * @throws Refusal if a value is not allowed
   */
  static OverviewQuery of(Query query) {
    return new OverviewQuery(
        query.value("project").orElse(null),
        query.value("environment").orElse(null),
        query.truth("closed").orElse(null),
        query.value("category").orElse(null),
        query.value("q").orElse(null),
        query.number("page", Integer.MAX_VALUE).orElse(1),
        query.number("size", LARGEST_SIZE).orElse(LARGEST_SIZE),
        query.truth("counts").orElse(true));
  }

  /** Returns how many results come before those of the page. */
  long skipped() {
    return (page - 1L) * size;
  }

  /** Returns whether a proxy is asked for that the user may see. */
  boolean wants(ProxyOverview proxy, User user) {
    return wants(proxy.id().project(), proxy.id().name(), proxy.categories(), user);
  }

  private boolean wants(String inProject, String name, List<String> categories, User user) {
    return user.isMemberOf(inProject)
        && (project == null || project.equals(inProject))
        && (category == null || categories.contains(category))
        && (text == null || contains(name, text) || contains(inProject, text));
  }

  /** Returns whether a line is asked for that the user may see. */
  boolean wants(@Nullable OverviewLine line, User user) {
    return line != null
        && wants(line.project(), line.name(), line.categoryList(), user)
        && (environment == null || environment.equals(line.environmentName()))
        && (closed == null || closed == line.closed());
  }

  /** Returns the line as it is to be told. */
  OverviewLine shown(OverviewLine line) {
    return counts ? line : line.withoutCounts();
  }

  /** Returns whether one text has the other as a part, in any case, without making another text. */
  private static boolean contains(String text, String part) {
    for (int at = 0; at <= text.length() - part.length(); at++) {
      if (text.regionMatches(true, at, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the proxy is asked for as it stands in this environment. */
  boolean wants(ProxyOverview.At at, Instant now) {
    return (environment == null || environment.equals(at.environment()))
        && (closed == null || closed == isClosed(at.inForce(), now));
  }

  private static boolean isClosed(@Nullable InForce inForce, Instant now) {
    return inForce != null && inForce.isClosedAt(now);
  }
}

package dev.intermission.store;

import dev.intermission.api.ProxyId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statements about many proxies. Their SQL has the parameters of the caller, then {@code project =
 * ?}, and then {@code name IN (%s)}; it runs once for some hundred proxies of one project.
 */
final class ProxySets {

  private static final int AT_ONCE = 500;

  /** The order of both databases, in which they lock the rows of a statement. */
  private static final Comparator<String> BY_CODE_POINT =
      Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private ProxySets() {}

  /** Proxies of one project, in order. */
  private record Part(String project, List<String> names) {

    String sql(String sql) {
      return String.format(
          Locale.ROOT, sql, String.join(", ", Collections.nCopies(names.size(), "?")));
    }

    @Nullable Object[] parameters(@Nullable Object... first) {
      List<@Nullable Object> all = new ArrayList<>(Arrays.asList(first));
      all.add(project);
      all.addAll(names);
      return all.toArray();
    }
  }

  /** Returns the rows of all of them; the order is that of the parts, and of the SQL in each. */
  static <T> List<T> list(
      Connection connection, String sql, Collection<ProxyId> proxies, Sql.Row<T> row)
      throws SQLException {
    List<T> all = new ArrayList<>();
    for (Part part : parts(proxies)) {
      all.addAll(Sql.list(connection, part.sql(sql), row, part.parameters()));
    }
    return all;
  }

  /** Changes the rows of all of them. */
  static void update(
      Connection connection,
      String sql,
      Collection<ProxyId> proxies,
      @Nullable Object... parameters)
      throws SQLException {
    for (Part part : parts(proxies)) {
      Sql.update(connection, part.sql(sql), part.parameters(parameters));
    }
  }

  private static List<Part> parts(Collection<ProxyId> proxies) {
    TreeMap<String, List<String>> byProject = new TreeMap<>(BY_CODE_POINT);
    for (ProxyId id : proxies) {
      byProject.computeIfAbsent(id.project(), project -> new ArrayList<>()).add(id.name());
    }
    List<Part> parts = new ArrayList<>();
    byProject.forEach(
        (project, names) -> {
          names.sort(BY_CODE_POINT);
          for (int from = 0; from < names.size(); from += AT_ONCE) {
            int to = Math.min(names.size(), from + AT_ONCE);
            parts.add(new Part(project, names.subList(from, to)));
          }
        });
    return parts;
  }
}

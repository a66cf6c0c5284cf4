package dev.intermission.gateway.client.connection;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of a user.
 *
 * @param current the name of the one that commands use, or null
 * @param all each context by its name
 */
public record NamedContexts(@Nullable String current, SortedMap<String, ServerContext> all) {

  /** No contexts. */
  static final NamedContexts NONE = new NamedContexts(null, new TreeMap<>());

  /** Copies the map. */
  public NamedContexts {
    all = Collections.unmodifiableSortedMap(new TreeMap<>(all));
  }

  /** Returns these with one more, or with another in its place; it becomes current if none is. */
  public NamedContexts with(String name, ServerContext context) {
    SortedMap<String, ServerContext> more = new TreeMap<>(all);
    more.put(name, context);
    return new NamedContexts(current == null ? name : current, more);
  }

  /**
   * Returns these with a newer token of a context, unless it was removed or is about another server
   * or client meanwhile.
   */
  NamedContexts withToken(String name, ServerContext renewed) {
    ServerContext now = all.get(name);
    if (now == null || !now.isSameClient(renewed)) {
      return this;
    }
    SortedMap<String, ServerContext> changed = new TreeMap<>(all);
    changed.put(name, now.withToken(renewed.token(), renewed.tokenExpires()));
    return new NamedContexts(current, changed);
  }

  /** Returns these without one; if that was current, none is. */
  public NamedContexts without(String name) {
    SortedMap<String, ServerContext> fewer = new TreeMap<>(all);
    fewer.remove(name);
    return new NamedContexts(name.equals(current) ? null : current, fewer);
  }

  /** Returns these with another current one. */
  public NamedContexts use(String name) {
    return new NamedContexts(name, all);
  }
}

package dev.intermission.admin.overview;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.ProxyOverview;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The lines that have counts, since their proxies are closed, and when these changed last. Counts
 * are told as they are now and never as they were: so a closed proxy takes the same place however
 * much traffic it has. Immutable.
 *
 * @param newest counts up by one when counts changed and nothing else of their lines
 * @param changed the number of the last change of a line's counts; 0 if there was none
 */
record ClosedLines(long newest, NavigableMap<Place, Long> changed) {

  /** Which line it is. The order is that of the lines. */
  record Place(ProxyId proxy, String environment) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::proxy, Overview.BY_NAME).thenComparing(Place::environment);

    static Place of(OverviewLine line) {
      return new Place(new ProxyId(line.project(), line.name()), line.environmentName());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Returns those of a view before which nothing was told. */
  static ClosedLines in(View view) {
    NavigableMap<Place, Long> closed = new TreeMap<>();
    for (ProxyOverview proxy : view.state().proxies().values()) {
      for (ProxyOverview.At at : proxy.environments()) {
        if (at.inForce() != null && at.inForce().isClosedAt(view.time())) {
          closed.put(new Place(proxy.id(), at.environment()), 0L);
        }
      }
    }
    return new ClosedLines(0, closed);
  }

  /** Returns those of the next view, in which these lines are others. */
  ClosedLines after(List<View.Change> changes, List<Place> counted) {
    if (changes.isEmpty() && counted.isEmpty()) {
      return this;
    }
    NavigableMap<Place, Long> next = new TreeMap<>(changed);
    for (View.Change change : changes) {
      OverviewLine before = change.before();
      OverviewLine after = change.after();
      if (after != null && after.requests() != null) {
        next.putIfAbsent(Place.of(after), 0L);
      } else if (before != null) {
        next.remove(Place.of(before));
      }
    }
    long number = counted.isEmpty() ? newest : newest + 1;
    counted.forEach(place -> next.put(place, number));
    return new ClosedLines(number, next);
  }
}

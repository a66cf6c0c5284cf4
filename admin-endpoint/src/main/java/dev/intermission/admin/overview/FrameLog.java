package dev.intermission.admin.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What changed from view to view, as far as that is kept: at most {@value #MOST_FRAMES} frames with
 * {@value #MOST_LINES} lines. What is counted changes all the time, and is in no frame by itself
 * ({@link ClosedLines}): traffic must not push out what a client needs to go on. One thread adds,
 * and others read.
 */
final class FrameLog {

  private static final int MOST_FRAMES = 1_000;
  private static final int MOST_LINES = 20_000;

  /**
   * How much earlier than its client says another admin node goes on, by both clocks: admin nodes
   * hear of gateways at different moments.
   */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** Stands for this log in the ids of events. */
  private final String run = EventId.shortened(UUID.randomUUID().toString());

  private final NavigableMap<Long, Frame> frames = new ConcurrentSkipListMap<>();
  private volatile @Nullable Newest newest;
  private volatile long base;
  private long lines;

  /**
   * What changed from one view to the next.
   *
   * @param number counts up by one
   * @param change the number of the newest change of the store in the view
   * @param time the time of the view by the clock of this admin node, which windows go by
   * @param storeTime the same by the clock of the store, which says what came after what where the
   *     clocks of admin nodes differ
   */
  record Frame(
      long number, long change, Instant time, Instant storeTime, List<View.Change> changes) {

    /** Returns whether a client of another admin node surely has this, and all before it. */
    boolean isIn(EventId told) {
      return change <= told.change()
          && !time.isAfter(told.time().minus(MARGIN))
          && !storeTime.isAfter(told.storeTime().minus(MARGIN));
    }
  }

  /**
   * The newest view.
   *
   * @param number of the newest frame; what is in the view and not in this frame makes no other
   *     line, but for what is counted
   * @param closed the lines with counts
   */
  record Newest(long number, View view, ClosedLines closed) {}

  /** Returns the newest view, or null as long as there is none. */
  @Nullable Newest newest() {
    return newest;
  }

  /** Adds a view, and returns it with its number. */
  Newest add(View view) {
    Newest last = newest;
    View.Differences differences =
        last == null ? new View.Differences() : view.changesSince(last.view(), MOST_LINES / 2);
    List<View.Change> changes = differences.changes();
    boolean begins =
        last == null
            || changes.size() > MOST_LINES / 2
            // A store that counts from before was restored from a backup.
            || view.state().change() < last.view().state().change();
    long number =
        last == null ? 1 : begins || !changes.isEmpty() ? last.number() + 1 : last.number();
    if (begins) {
      begin(number, view);
    } else if (!changes.isEmpty()) {
      frames.put(number, frame(number, view, changes));
      lines += changes.size();
      forget();
    }
    ClosedLines closed =
        last == null || begins
            ? ClosedLines.in(view)
            : last.closed().after(changes, differences.counted());
    Newest added = new Newest(number, view, closed);
    newest = added;
    return added;
  }

  private static Frame frame(long number, View view, List<View.Change> changes) {
    return new Frame(
        number, view.state().change(), view.time(), view.storeTime(), List.copyOf(changes));
  }

  /** Begins anew: whoever had an older frame needs the whole state. */
  private void begin(long number, View view) {
    base = number;
    frames.put(number, frame(number, view, List.of()));
    frames.headMap(number).clear();
    lines = 0;
  }

  private void forget() {
    while (lines > MOST_LINES || frames.lastKey() - frames.firstKey() >= MOST_FRAMES) {
      Map.Entry<Long, Frame> first = frames.firstEntry();
      frames.remove(first.getKey());
      lines -= first.getValue().changes().size();
    }
  }

  /** Returns the frame after the one with this number, or null if it is not kept any more. */
  @Nullable Frame after(long number) {
    return frames.get(number + 1);
  }

  /** Returns whether whoever has this frame needs the whole state now. */
  boolean isBeforeBase(long number) {
    return number < base;
  }

  /** Returns the id of an event after which a client has what this frame tells. */
  String id(Frame frame, String scope) {
    return new EventId(frame.change(), frame.time(), frame.storeTime(), scope, run, frame.number())
        .toString();
  }

  /** Returns the id of an event after which a client has the newest view. */
  String id(Newest told, String scope) {
    View view = told.view();
    return new EventId(
            view.state().change(), view.time(), view.storeTime(), scope, run, told.number())
        .toString();
  }

  /** Returns whether an id is of this log, and not of another admin node or an earlier run. */
  boolean made(EventId id) {
    return id.run().equals(run);
  }

  /** Returns the number of the frame after which a client goes on; empty if it can't. */
  OptionalLong position(EventId id) {
    Newest present = newest;
    if (present == null || id.change() > present.view().state().change()) {
      return OptionalLong.empty();
    }
    if (made(id)) {
      return frames.containsKey(id.number()) ? OptionalLong.of(id.number()) : OptionalLong.empty();
    }
    return frames.descendingMap().values().stream()
        .filter(frame -> frame.isIn(id))
        .mapToLong(Frame::number)
        .findFirst();
  }
}

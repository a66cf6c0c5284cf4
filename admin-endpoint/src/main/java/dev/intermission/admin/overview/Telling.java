package dev.intermission.admin.overview;

import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.api.store.ProxyOverview;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been told, and what it is to be told next: the whole state in parts, then the
 * changes of each frame, and after these what is counted now. It keeps its place, and no text. Not
 * thread-safe.
 */
final class Telling {

  private static final byte[] NOTHING = {};
  private static final long BETWEEN_COUNTS = Duration.ofSeconds(1).toNanos();

  /** Of a client that may know other counts of every closed proxy. */
  private static final long NONE_TOLD = -1;

  private final OverviewQuery query;
  private final FrameLog log;
  private @Nullable EventId from;
  private @Nullable User user;
  private String scope = "";
  private @Nullable WholeState state;

  /** The frame that the client has, or that it will have with the whole state. */
  private long position;

  /** How many changes of the next frame have been told. */
  private int offset;

  /** Up to which change of counts ({@link ClosedLines#newest}) the client has them. */
  private long countsTold = NONE_TOLD;

  private @Nullable Round round;

  /** When the last round began, by the monotonic clock; null before the first. */
  private @Nullable Long lastRound;

  private boolean goesOn;
  private boolean lags;

  /**
   * The newest view, and who may see it.
   *
   * @param user with the rights after the view was read
   */
  record Allowed(User user, FrameLog.Newest newest) {}

  /** A state that is not told to its end; the last proxy that was told is null at the beginning. */
  private record WholeState(@Nullable ProxyId told, String id) {}

  /**
   * A round through the lines with counts, which is gone on with until its end while counts change,
   * so that a slow client gets those of every line.
   *
   * @param told the last line that was told or looked at; null at the beginning
   * @param until the newest change of counts when it began
   */
  private record Round(ClosedLines.@Nullable Place told, long until) {}

  /**
   * @param from where the client wants to go on, or null
   */
  Telling(OverviewQuery query, FrameLog log, @Nullable EventId from) {
    this.query = query;
    this.log = log;
    this.from = from;
  }

  /** Returns whether frames were forgotten that the client was not told yet. */
  boolean lags() {
    return lags;
  }

  /** Returns the id of what the client has, if that is all there is. */
  @Nullable String id(Allowed allowed) {
    boolean all = user != null && state == null && position == allowed.newest().number();
    return all ? log.id(allowed.newest(), scope) : null;
  }

  /** Returns the next event; empty if the client has been told everything, or {@link #lags}. */
  byte[] next(Allowed allowed) {
    if (log.isBeforeBase(allowed.newest().number())) {
      // A newer one comes as soon as the tokens are checked.
      return NOTHING;
    }
    look(allowed);
    if (goesOn) {
      goesOn = false;
      return EventText.heartbeat(allowed.newest().view().time(), true, null);
    }
    if (state != null && !lags) {
      return partOf(state, allowed);
    }
    while (!lags && position < allowed.newest().number()) {
      byte[] part = changes(allowed);
      if (part.length > 0) {
        return part;
      }
    }
    return lags || !query.counts() ? NOTHING : counts(allowed);
  }

  /** Finds out whether the client needs the whole state. */
  private void look(Allowed allowed) {
    if (!allowed.user().equals(user)) {
      user = allowed.user();
      String seen = EventId.scope(query, user);
      if (!seen.equals(scope)) {
        scope = seen;
        EventId known = from;
        OptionalLong after =
            known == null || !known.scope().equals(scope)
                ? OptionalLong.empty()
                : log.position(known);
        position = after.orElse(0);
        // What it was told of counts is not in its id, nor what another admin node had heard.
        countsTold = known != null && log.made(known) ? 0 : NONE_TOLD;
        round = null;
        from = null;
        goesOn = after.isPresent();
        if (after.isEmpty()) {
          begin(allowed);
        }
      }
    }
    if (log.isBeforeBase(position)) {
      begin(allowed);
    }
    lags = position < allowed.newest().number() && log.after(position) == null;
  }

  private void begin(Allowed allowed) {
    position = allowed.newest().number();
    offset = 0;
    countsTold = allowed.newest().closed().newest();
    round = null;
    state = new WholeState(null, log.id(allowed.newest(), scope));
  }

  /**
   * The parts are of the newest view at their time, so that no older one is kept for a slow client.
   * What changed meanwhile is told again after the last part.
   */
  private byte[] partOf(WholeState whole, Allowed allowed) {
    View view = allowed.newest().view();
    NavigableMap<ProxyId, ProxyOverview> all = view.state().proxies();
    Collection<ProxyOverview> left =
        (whole.told() == null ? all : all.tailMap(whole.told(), false)).values();
    List<OverviewLine> lines = new ArrayList<>();
    for (ProxyOverview proxy : left) {
      if (query.wants(proxy, allowed.user())) {
        for (ProxyOverview.At at : proxy.environments()) {
          if (query.wants(at, view.time())) {
            lines.add(query.shown(view.line(proxy, at)));
          }
        }
      }
      if (lines.size() >= EventText.LINES && !proxy.id().equals(all.lastKey())) {
        state = new WholeState(proxy.id(), whole.id());
        return EventText.state(whole.told() == null, false, lines, whole.id());
      }
    }
    state = null;
    return EventText.state(whole.told() == null, true, lines, whole.id());
  }

  private byte[] changes(Allowed allowed) {
    FrameLog.Frame frame = log.after(position);
    if (frame == null) {
      lags = true;
      return NOTHING;
    }
    List<OverviewLine> lines = new ArrayList<>();
    List<EventText.Gone> gone = new ArrayList<>();
    List<View.Change> changes = frame.changes();
    // What follows a full part and is not for this client belongs to it, so that the last part that
    // is told has the id.
    for (; offset < changes.size(); offset++) {
      boolean isFull = lines.size() + gone.size() >= EventText.LINES;
      OverviewLine after = changes.get(offset).after();
      OverviewLine before = changes.get(offset).before();
      if (after != null && query.wants(after, allowed.user())) {
        if (isFull) {
          break;
        }
        lines.add(query.shown(after));
      } else if (before != null && query.wants(before, allowed.user())) {
        if (isFull) {
          break;
        }
        gone.add(EventText.Gone.of(before));
      }
    }
    boolean whole = offset == changes.size();
    if (whole) {
      position = frame.number();
      offset = 0;
    }
    return lines.isEmpty() && gone.isEmpty()
        ? NOTHING
        : EventText.change(lines, gone, whole ? log.id(frame, scope) : null);
  }

  /**
   * They are told after all frames, so that no older ones follow; and as they are in the newest
   * view, without an id.
   */
  private byte[] counts(Allowed allowed) {
    View view = allowed.newest().view();
    ClosedLines closed = allowed.newest().closed();
    Round present = round;
    if (present == null) {
      boolean isTooSoon = lastRound != null && view.nanos() - lastRound < BETWEEN_COUNTS;
      if (closed.newest() <= countsTold || isTooSoon) {
        return NOTHING;
      }
      lastRound = view.nanos();
      present = new Round(null, closed.newest());
    }
    ClosedLines.Place last = present.told();
    List<OverviewLine> lines = new ArrayList<>();
    for (Map.Entry<ClosedLines.Place, Long> each :
        (last == null ? closed.changed() : closed.changed().tailMap(last, false)).entrySet()) {
      if (each.getValue() > countsTold) {
        OverviewLine line = view.line(each.getKey());
        if (line != null && query.wants(line, allowed.user())) {
          lines.add(line);
        }
        if (lines.size() >= EventText.LINES) {
          round = new Round(each.getKey(), present.until());
          return EventText.change(lines, List.of(), null);
        }
      }
    }
    round = null;
    countsTold = present.until();
    return lines.isEmpty() ? NOTHING : EventText.change(lines, List.of(), null);
  }
}

package dev.intermission.admin.overview;

import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.api.store.ProxyOverview;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been told, and what it is to be told next: the whole state in parts, then the
 * changes of each frame. It keeps its place, and no text. Not thread-safe.
 */
final class Telling {

  private static final byte[] NOTHING = {};

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
    return NOTHING;
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
        from = null;
        position = after.orElse(0);
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
            lines.add(view.line(proxy, at));
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
    while (offset < changes.size() && lines.size() + gone.size() < EventText.LINES) {
      View.Change change = changes.get(offset++);
      OverviewLine after = change.after();
      OverviewLine before = change.before();
      if (after != null && query.wants(after, allowed.user())) {
        lines.add(after);
      } else if (before != null && query.wants(before, allowed.user())) {
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
}

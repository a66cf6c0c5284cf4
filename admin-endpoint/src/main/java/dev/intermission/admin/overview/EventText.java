package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.admin.http.ReplyJson;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events as they are written (contract section 9; WHATWG HTML section 9.2). */
final class EventText {

  static final String MEDIA_TYPE = "text/event-stream";

  /** How many lines an event has at most. */
  static final int LINES = 200;

  private static final String FORGET_ID = "";

  private EventText() {}

  /** A proxy in an environment that is not there any more. */
  record Gone(String project, String name, String environmentName) {

    static Gone of(OverviewLine line) {
      return new Gone(line.project(), line.name(), line.environmentName());
    }
  }

  private record StatePart(
      boolean first, boolean last, List<OverviewLine> resultList, int resultCount) {}

  private record Change(List<OverviewLine> resultList, int resultCount, List<Gone> gone) {}

  private record Heartbeat(String time, boolean current) {}

  private record End(EventStream.Ending reason) {}

  /**
   * Returns what a stream begins with: a client whose connection is lost comes back a second later.
   */
  static byte[] retry() {
    return "retry: 1000\n\n".getBytes(UTF_8);
  }

  /**
   * Returns a part of the whole state. With the first of several parts a client forgets the id that
   * it had, as it forgets what it had.
   *
   * @param id of the last part
   */
  static byte[] state(boolean first, boolean last, List<OverviewLine> lines, String id) {
    return event(
        "state",
        last ? id : first ? FORGET_ID : null,
        new StatePart(first, last, lines, lines.size()));
  }

  static byte[] change(List<OverviewLine> lines, List<Gone> gone, @Nullable String id) {
    return event("change", id, new Change(lines, lines.size(), gone));
  }

  static byte[] heartbeat(Instant time, boolean current, @Nullable String id) {
    return event(
        "heartbeat", id, new Heartbeat(time.truncatedTo(ChronoUnit.MILLIS).toString(), current));
  }

  static byte[] end(EventStream.Ending reason) {
    return event("end", null, new End(reason));
  }

  private static byte[] event(String name, @Nullable String id, Object data) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(
        ("event: " + name + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ")
            .getBytes(UTF_8));
    text.writeBytes(ReplyJson.write(data));
    text.writeBytes("\n\n".getBytes(UTF_8));
    return text.toByteArray();
  }
}

package dev.intermission.admin.overview;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import jakarta.servlet.AsyncContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The overview as a stream of events (contract section 9). */
final class EventsResource implements Resource {

  private final Admission admission;
  private final KnownNames names;
  private final EventStreams streams;

  EventsResource(Admission admission, KnownNames names, EventStreams streams) {
    this.admission = admission;
    this.names = names;
    this.streams = streams;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::follow);
  }

  private Reply follow(Call call) {
    Admission.Standing caller = admission.standing(call);
    OverviewQuery query = OverviewQuery.of(call.query(OverviewQuery.FILTERS));
    names.require(query, caller.user());
    Reply.Writing writing =
        call.method().equals("HEAD")
            ? AsyncContext::complete
            : streams.open(caller, query, lastEvent(call));
    return Reply.ok(new Reply.Stream(EventText.MEDIA_TYPE, writing))
        .with("X-Accel-Buffering", "no");
  }

  private static @Nullable EventId lastEvent(Call call) {
    List<String> fields = call.fields("Last-Event-ID");
    return fields.size() == 1 ? EventId.read(fields.get(0)).orElse(null) : null;
  }
}

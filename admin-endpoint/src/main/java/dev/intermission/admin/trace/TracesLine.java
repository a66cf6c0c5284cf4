package dev.intermission.admin.trace;

import dev.intermission.api.store.TraceStore.KeptLine;
import dev.intermission.api.store.TraceStore.Page;
import dev.intermission.api.trace.TraceLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as a list tells it. */
record TracesLine(
    String id,
    String time,
    String environmentName,
    String node,
    String method,
    String path,
    int status,
    String result,
    @Nullable String target,
    long millis) {

  static TracesLine of(KeptLine kept) {
    TraceLine line = kept.line();
    return new TracesLine(
        line.id(),
        line.time().toString(),
        kept.environment(),
        kept.node(),
        line.method(),
        line.path(),
        line.status(),
        line.result(),
        line.target(),
        line.millis());
  }

  /** A page of a list. */
  record Lines(
      String status,
      boolean success,
      List<TracesLine> resultList,
      int resultCount,
      int page,
      int size,
      long totalCount,
      long dropped) {

    static Lines of(Page found, TracesQuery query) {
      return new Lines(
          "SUCCESS",
          true,
          found.lines().stream().map(TracesLine::of).toList(),
          found.lines().size(),
          query.page(),
          query.size(),
          found.total(),
          found.dropped());
    }
  }
}

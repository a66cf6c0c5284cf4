package dev.intermission.feed.server;

import dev.intermission.feed.CountsReport;
import dev.intermission.feed.UnreadableSnapshotException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/** Reads the report of counts in a request. */
final class CountsBody {

  private CountsBody() {}

  /** Returns the report, or empty if there is none that can be read, or it is too large. */
  static Optional<CountsReport> read(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(CountsReport.MOST_BYTES + 1);
    if (body.length > CountsReport.MOST_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(CountsReport.read(body));
    } catch (UnreadableSnapshotException e) {
      // The node is told so, by the status.
      return Optional.empty();
    }
  }
}

package dev.intermission.gateway.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.gate.Wire;
import java.io.IOException;

/** What the demo's upstream says that it saw. */
final class Seen {

  private static final JsonMapper JSON = new JsonMapper();

  private Seen() {}

  /** Returns whether an answer is the upstream's. */
  static boolean isUpstreams(Wire.Reply reply) {
    return reply.text().startsWith("{\"upstream\":\"demo\"");
  }

  /** Returns the path that the upstream saw, as it came in there. */
  static String path(Wire.Reply reply) throws IOException {
    return JSON.readTree(reply.body()).path("path").asText();
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.Exit;

/** The warnings in the answer to a call that makes or revokes a bypass token. */
final class BypassWarnings {

  private BypassWarnings() {}

  /** Tells them, and returns whether all live gateways have taken the change. */
  static Exit tell(Session session, JsonNode answer) {
    Exit exit = Exit.DONE;
    session.output().warnings(answer.path("warnings"));
    for (JsonNode warning : answer.path("warnings")) {
      if (warning.path("code").asText().equals("GATEWAYS_BEHIND")) {
        exit = Exit.BEHIND;
      }
    }
    return exit;
  }
}

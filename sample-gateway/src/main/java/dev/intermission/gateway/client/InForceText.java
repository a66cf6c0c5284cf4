package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.output.Output.Colour;
import dev.intermission.gateway.client.proxies.ProxyState;
import dev.intermission.gateway.client.time.TimeText;
import java.time.OffsetDateTime;

/**
 * Says in a sentence what is in force for an API proxy in an environment.
 *
 * @param times how times are shown
 */
record InForceText(TimeText times, Output output) {

  String of(ProxyState state) {
    String where = " in " + state.environment();
    if (!state.deployed()) {
      return state.proxy() + " is not deployed" + where + ".";
    }
    if (state.closed()) {
      return state.proxy()
          + " is "
          + output.coloured(Colour.RED, "closed")
          + where
          + " with "
          + state.status()
          + end(state, "; it opens by itself at ", "; clients are told to come back at ")
          + ".";
    }
    OffsetDateTime start = state.startsAt();
    String open = state.proxy() + " is " + output.coloured(Colour.GREEN, "open") + where;
    return start != null && state.announced(times.now())
        ? open
            + "; it closes by itself at "
            + times.atWithDistance(start)
            + end(state, ", until ", ", announced until ")
            + "."
        : open + ".";
  }

  private String end(ProxyState state, String reopens, String announced) {
    OffsetDateTime end = state.endsAt();
    return end == null
        ? ""
        : (state.reopenAtEnd() ? reopens : announced) + times.atWithDistance(end);
  }
}

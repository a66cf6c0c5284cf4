package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.StyledText;
import dev.intermission.gateway.client.output.StyledText.Colour;
import dev.intermission.gateway.client.proxies.ProxyState;
import dev.intermission.gateway.client.time.TimeText;
import java.time.OffsetDateTime;

/**
 * Says in a sentence what is in force for an API proxy in an environment.
 *
 * @param times how times are shown
 */
record InForceText(TimeText times) {

  StyledText of(ProxyState state) {
    String where = " in " + state.environment();
    if (!state.deployed()) {
      return StyledText.of(state.proxy() + " is not deployed" + where + ".");
    }
    StyledText is = StyledText.of(state.proxy() + " is ");
    if (state.closed()) {
      return is.plus(StyledText.of(Colour.RED, "closed"))
          .plus(where + " with " + state.status())
          .plus(end(state, "; it opens by itself at ", "; clients are told to come back at "))
          .plus(".");
    }
    OffsetDateTime start = state.startsAt();
    StyledText open = is.plus(StyledText.of(Colour.GREEN, "open")).plus(where);
    return start != null && state.announced(times.now())
        ? open.plus("; it closes by itself at " + times.atWithDistance(start))
            .plus(end(state, ", until ", ", announced until "))
            .plus(".")
        : open.plus(".");
  }

  private String end(ProxyState state, String reopens, String announced) {
    OffsetDateTime end = state.endsAt();
    return end == null
        ? ""
        : (state.reopenAtEnd() ? reopens : announced) + times.atWithDistance(end);
  }
}

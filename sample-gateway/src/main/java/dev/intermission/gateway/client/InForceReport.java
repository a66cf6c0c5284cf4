package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.StyledText;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;

/** Tells what is in force after a change, and which requests pass what is closed or will be. */
final class InForceReport {

  /** It takes a call for each API to know which requests pass. */
  private static final int MOST_LOOKS = 50;

  private final Session session;

  InForceReport(Session session) {
    this.session = session;
  }

  void tell(List<ProxyState> states) {
    InForceText text = new InForceText(session.times());
    int closed = 0;
    for (ProxyState state : states) {
      StyledText sentence = text.of(state);
      boolean closes = state.closed() || state.announced(session.times().now());
      if (closes && closed++ < MOST_LOOKS) {
        String passing = stillPassing(state);
        sentence = passing.isEmpty() ? sentence : sentence.plus(" " + passing);
      }
      session.output().say(sentence);
    }
    if (closed > MOST_LOOKS) {
      session
          .output()
          .say(
              "Whether requests still pass was not looked up for the last "
                  + (closed - MOST_LOOKS)
                  + " of these that are closed.");
    }
  }

  private String stillPassing(ProxyState state) {
    try {
      return StillPassing.of(session.proxies().inForce(state));
    } catch (CommandFailure e) {
      session
          .output()
          .warn("It is not known which requests pass " + state.proxy() + ".\n" + e.text());
      return "";
    }
  }
}

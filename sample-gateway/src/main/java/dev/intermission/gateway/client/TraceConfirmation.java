package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.proxies.ProxyState;

/** Asks the operator before a trace does what its command line does not say. */
final class TraceConfirmation {

  private final Session session;
  private final ProxyState state;

  /**
   * Makes it.
   *
   * @param state how the proxy stands in the environment
   */
  TraceConfirmation(Session session, ProxyState state) {
    this.session = session;
    this.state = state;
  }

  /**
   * Returns if the operator wants all of it.
   *
   * @throws dev.intermission.gateway.client.output.CommandFailure if not, or if nobody can be asked
   */
  void ask() {
    Confirmation confirmation = new Confirmation(session, false);
    for (JsonNode window : TraceStanding.of(session, state.proxy()).inForce()) {
      String environment = window.path("environmentName").asText();
      confirmation.ask(
          state.proxy()
              + " is traced already in "
              + environment
              + ", until "
              + session.times().at(TraceStanding.time(window, "stopTime"))
              + (environment.equals(state.environment())
                  ? ". This replaces that trace."
                  : ". This leaves that trace to end by itself."),
          "Trace " + state.proxy() + " all the same?");
    }
    NotDeployed others = NotDeployed.of(session, state);
    if (!others.isEmpty()) {
      confirmation.ask(
          "This deploys "
              + state.proxy()
              + " in "
              + state.environment()
              + ", and with it what somebody saved there and did not deploy:\n"
              + others.lines(),
          "Deploy that too?");
    }
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The saved trace settings of an API proxy, and whether they are still those of a command. */
final class OwnTraceSettings {

  private final Session session;
  private final ProxyName proxy;
  private final String environment;
  private Instant start = Instant.EPOCH;
  private Instant stop = Instant.EPOCH;

  /** The entity tag of what was saved, or null if that is not known. */
  private @Nullable String tag;

  OwnTraceSettings(Session session, ProxyState state) {
    this.session = session;
    proxy = state.proxy();
    environment = state.environment();
  }

  TraceStanding read() {
    return TraceStanding.of(session, proxy);
  }

  /** Returns a change on the condition that nobody has made another one since this was read. */
  ApiRequest request(ObjectNode body, TraceStanding before) {
    ApiRequest request = ApiRequest.patch(proxy.traceSettings(), body.toString());
    String known = before.read().tag();
    return known == null ? request : request.ifMatch(known);
  }

  /** Says which window the command is about to save. */
  void begin(Instant from, Instant until) {
    start = from;
    stop = until;
  }

  /**
   * Says that it is saved. The tag differs where somebody saved other settings, and these again.
   */
  void remember() {
    try {
      TraceStanding saved = read();
      tag = isOurs(saved) ? saved.read().tag() : null;
    } catch (CommandFailure e) {
      tag = null; // The values are compared alone then.
    }
  }

  /** Tells whether this is what the command saved. */
  boolean isOurs(TraceStanding standing) {
    return standing.areOn(environment, start, stop)
        && (tag == null || tag.equals(standing.read().tag()));
  }
}

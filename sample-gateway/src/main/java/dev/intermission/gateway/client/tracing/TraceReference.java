package dev.intermission.gateway.client.tracing;

import dev.intermission.gateway.client.proxies.ProxyName;

/**
 * The id of a record together with its API, as operators see it and give it back: {@code
 * PROJECT/NAME/ID}. The management API finds a record by both only.
 *
 * @param api {@code PROJECT/NAME} or {@code NAME}; empty if it was not given
 * @param id the id
 */
public record TraceReference(String api, String id) {

  /** Returns what was given. */
  public static TraceReference parse(String given) {
    int slash = given.lastIndexOf('/');
    return new TraceReference(
        slash < 0 ? "" : given.substring(0, slash), given.substring(slash + 1));
  }

  /** Returns the reference of a record of this API. */
  public static TraceReference of(ProxyName proxy, String id) {
    return new TraceReference(proxy.toString(), id);
  }

  /** Returns it as it is shown. */
  @Override
  public String toString() {
    return api + "/" + id;
  }
}

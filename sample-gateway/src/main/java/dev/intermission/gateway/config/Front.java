package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What puts the gate before the requests. */
public enum Front {
  /** Jetty's own kind of handler, which answers on the thread that reads. */
  @JsonProperty("handler")
  HANDLER,
  /** The servlet filter, as it works in any servlet container. */
  @JsonProperty("filter")
  FILTER
}

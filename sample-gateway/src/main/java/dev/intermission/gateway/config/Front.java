package dev.intermission.gateway.config;

import java.util.Locale;

/** What puts the gate before the requests. */
public enum Front {
  /** Jetty's own kind of handler, which answers on the thread that reads. */
  HANDLER,
  /** The servlet filter, as it works in any servlet container. */
  FILTER;

  /** Returns the word for it in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

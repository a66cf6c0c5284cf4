package dev.intermission.gateway.config;

import java.util.Locale;

/** The front that puts the gate before the requests. */
public enum Front {
  /** A Jetty handler, which answers on the thread that reads the request. */
  HANDLER,
  /** The servlet filter, as it works in any servlet container. */
  FILTER;

  /** Returns the word for it in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

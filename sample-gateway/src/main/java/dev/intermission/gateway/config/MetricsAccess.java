package dev.intermission.gateway.config;

import java.util.Locale;

/** Who may read the meters at the management port. */
public enum MetricsAccess {
  /** Everybody who reaches the port. */
  OPEN,
  /** Users with a token. */
  TOKEN,
  /** Nobody, and nothing is measured. */
  OFF;

  /** Returns the word for it in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

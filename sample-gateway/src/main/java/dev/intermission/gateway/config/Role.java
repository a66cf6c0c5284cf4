package dev.intermission.gateway.config;

import java.util.Locale;

/** Which part of a gateway runs in a process. */
public enum Role {
  /** The management API and the traffic side. */
  ALL,
  /** The management API, and the feed for other processes. */
  ADMIN,
  /** The traffic side, which follows the feed of other processes. */
  GATEWAY;

  /** Returns the word for it in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the store and the management API are in this process. */
  public boolean hasAdminSide() {
    return this != GATEWAY;
  }

  /** Returns whether this process serves clients. */
  public boolean hasTrafficSide() {
    return this != ADMIN;
  }
}

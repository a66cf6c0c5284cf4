package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What of a gateway runs in a process. */
public enum Role {
  /** The management API and the traffic side. */
  @JsonProperty("all")
  ALL,
  /** The management API, and the feed for other processes. */
  @JsonProperty("admin")
  ADMIN,
  /** The traffic side, which follows the feed of other processes. */
  @JsonProperty("gateway")
  GATEWAY;

  /** Returns whether the store and the management API are in this process. */
  public boolean hasAdminSide() {
    return this != GATEWAY;
  }

  /** Returns whether this process serves clients. */
  public boolean hasTrafficSide() {
    return this != ADMIN;
  }
}

package dev.intermission.api.store;

import dev.intermission.api.ProxyId;

/** Thrown if there is no proxy with this id. */
public final class UnknownProxyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes the id that was asked for. */
  public UnknownProxyException(ProxyId id) {
    super("There is no API proxy " + id);
  }
}

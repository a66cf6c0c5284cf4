package dev.intermission.gate;

import org.jspecify.annotations.Nullable;

/**
 * What the form of an answer may depend on in a request. A front passes each request as one to
 * {@link Answer#to}, which asks for no more than that answer needs.
 */
public interface RequestHead {

  /** Returns the method, as it was sent. */
  String method();

  /** Returns the {@code Content-Type}, or null if there is none. */
  @Nullable String contentType();

  /**
   * Returns the value of a field, or null if there is none. Several lines of it are one value with
   * {@code ", "} between them (RFC 9110 section 5.3).
   *
   * @param name in any case
   */
  @Nullable String field(String name);
}

package dev.intermission.api.store;

import java.util.Objects;

/**
 * Who asked for a change, kept with it.
 *
 * @param username the user's name
 * @param address the client's address, empty where there is none
 * @param correlationId the id of the request, also in the log
 */
public record Author(String username, String address, String correlationId) {

  /** Someone of whom nothing is known. */
  public static final Author UNKNOWN = new Author("", "", "");

  public Author {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(correlationId, "correlationId");
  }
}

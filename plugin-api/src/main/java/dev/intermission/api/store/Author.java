package dev.intermission.api.store;

import java.util.Objects;

/**
 * The person or process that asked for a change.
 *
 * @param username the user's name
 * @param address the client's address, may be empty
 * @param correlationId the id of the request, also in the log
 */
public record Author(String username, String address, String correlationId) {

  /** An unknown author. */
  public static final Author UNKNOWN = new Author("", "", "");

  public Author {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(correlationId, "correlationId");
  }
}

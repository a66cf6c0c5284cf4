package dev.intermission.gateway.client.connection;

/** An admin node does not take the token any more, or never did. */
final class TokenEndedException extends Exception {

  private static final long serialVersionUID = 1L;

  TokenEndedException(String message) {
    super(message);
  }
}

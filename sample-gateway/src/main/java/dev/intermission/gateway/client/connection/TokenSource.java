package dev.intermission.gateway.client.connection;

import org.jspecify.annotations.Nullable;

/** Where a command's access token comes from. */
interface TokenSource {

  /** Returns the token, made by these nodes if need be. */
  String token(FailOver nodes);

  /**
   * Returns another token in place of one that was refused, or null if there is no other.
   *
   * @param refused the token that was refused
   */
  @Nullable String renewed(String refused, FailOver nodes);

  /** Returns a source of one token. */
  static TokenSource of(String token) {
    return new TokenSource() {
      @Override
      public String token(FailOver nodes) {
        return token;
      }

      @Override
      public @Nullable String renewed(String refused, FailOver nodes) {
        return null;
      }
    };
  }
}

package dev.intermission.gateway.client.connection;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a management API is, and who calls it.
 *
 * @param urls its admin nodes; a call goes to the next one if one is lost
 * @param ca a PEM file with the authority of their certificates, or null for those that Java trusts
 * @param project the project of names that are given without one, or null
 * @param token the access token, or null if there is none so far
 * @param tokenExpires from when on the token is renewed before it is used, shortly before it
 *     expires; or null if that is not known
 * @param clientId with the secret, what a new token is made with, or null
 * @param clientSecret the secret of the client id, or null
 */
public record ServerContext(
    List<URI> urls,
    @Nullable Path ca,
    @Nullable String project,
    @Nullable String token,
    @Nullable Instant tokenExpires,
    @Nullable String clientId,
    @Nullable String clientSecret) {

  /** Copies the list. */
  public ServerContext {
    urls = List.copyOf(urls);
  }

  /** Returns a context with one admin node and a token that is never renewed. */
  public static ServerContext of(URI url, @Nullable String token) {
    return new ServerContext(List.of(url), null, null, token, null, null, null);
  }

  /** Tells whether the other one's token is as good as this one's. */
  boolean isSameClient(ServerContext other) {
    return urls.equals(other.urls)
        && Objects.equals(clientId, other.clientId)
        && Objects.equals(clientSecret, other.clientSecret);
  }

  ServerContext withToken(@Nullable String newToken, @Nullable Instant expires) {
    return new ServerContext(urls, ca, project, newToken, expires, clientId, clientSecret);
  }

  /** Tells nothing that is secret. */
  @Override
  public String toString() {
    return "ServerContext" + urls;
  }
}

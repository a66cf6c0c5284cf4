package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a process of the role {@link Role#GATEWAY} follows others.
 *
 * @param admins the addresses of admin nodes
 * @param ca a PEM file with the authorities that the admin nodes' certificates are checked against,
 *     or null for the JVM's own
 */
public record FeedConfig(List<URI> admins, @Nullable Path ca) {

  /** Follows nobody. */
  public static final FeedConfig NONE = new FeedConfig(List.of(), null);

  public FeedConfig {
    admins = List.copyOf(admins);
  }

  @JsonCreator
  static FeedConfig of(
      @JsonProperty("admins") @Nullable List<URI> admins, @JsonProperty("ca") @Nullable String ca) {
    return new FeedConfig(admins == null ? List.of() : admins, ca == null ? null : Path.of(ca));
  }

  /** Returns the same with other admin nodes and another authority; null keeps what is there. */
  FeedConfig with(@Nullable List<URI> otherAdmins, @Nullable Path otherCa) {
    return new FeedConfig(
        otherAdmins == null ? admins : otherAdmins, otherCa == null ? ca : otherCa);
  }
}

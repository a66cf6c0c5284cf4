package dev.intermission.gateway.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.intermission.feed.node.AdminAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a process of the role {@link Role#GATEWAY} follows others.
 *
 * @param admins the addresses of admin nodes, each one that {@link AdminAddress} allows
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
      @JsonProperty("admins") @Nullable List<String> admins,
      @JsonProperty("ca") @Nullable String ca) {
    List<URI> addresses = new ArrayList<>();
    for (String admin : admins == null ? List.<String>of() : admins) {
      try {
        addresses.add(AdminAddress.parse(admin));
      } catch (IllegalArgumentException e) {
        throw new KeyFault("admins[" + addresses.size() + "]", String.valueOf(e.getMessage()));
      }
    }
    return new FeedConfig(addresses, ca == null ? null : Path.of(ca));
  }

  /** Returns the same with other admin nodes and another authority; null keeps what is there. */
  FeedConfig with(@Nullable List<URI> otherAdmins, @Nullable Path otherCa) {
    return new FeedConfig(
        otherAdmins == null ? admins : otherAdmins, otherCa == null ? ca : otherCa);
  }
}

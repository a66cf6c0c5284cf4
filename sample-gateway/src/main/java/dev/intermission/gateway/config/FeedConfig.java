package dev.intermission.gateway.config;

import dev.intermission.feed.node.AdminAddress;
import java.net.URI;
import java.nio.file.Path;
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

  /** Follows no admin node. */
  public static final FeedConfig NONE = new FeedConfig(List.of(), null);

  public FeedConfig {
    admins = List.copyOf(admins);
  }

  /** Reads the section {@code feed}. */
  static FeedConfig read(Section at) {
    FeedConfig config =
        new FeedConfig(at.get("admins").list(FeedConfig::admin), PathValue.of(at.get("ca")));
    at.end();
    return config;
  }

  private static @Nullable URI admin(Value at) {
    String text = at.text();
    return text == null ? null : at.make(() -> AdminAddress.parse(text));
  }
}

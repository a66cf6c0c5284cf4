package dev.intermission.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What options and variables say over the file; null where they say nothing. */
public record Overrides(
    @Nullable Role role,
    @Nullable String environment,
    @Nullable String node,
    @Nullable Front front,
    @Nullable Path data,
    @Nullable String database,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String adminHost,
    @Nullable Integer adminPort,
    @Nullable List<URI> feed,
    @Nullable Path feedCa) {

  /** Says nothing. */
  public static final Overrides NONE =
      new Overrides(null, null, null, null, null, null, null, null, null, null, null, null);

  /** Says where the store is, and nothing else. */
  public static Overrides ofStore(@Nullable Path data, @Nullable String database) {
    return new Overrides(
        null, null, null, null, data, database, null, null, null, null, null, null);
  }

  /** Leaves out the database's URL, which may hold a password. */
  @Override
  public String toString() {
    return "Overrides[" + role + " of " + environment + " in " + data + "]";
  }

  /** Returns what is given, else the other. */
  public static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  /** Returns what is given, else the other, which may be null too. */
  static <T> @Nullable T first(@Nullable T given, @Nullable T otherwise) {
    return given == null ? otherwise : given;
  }
}

package dev.intermission.admin.access;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.User;
import dev.intermission.api.store.Author;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host gateway with the users admin and viewer, and no proxy. */
record TwoUsers(@Nullable String passwordHash) implements ProxyCatalog {

  private static final Author SETUP = new Author("setup", "", "setup");

  static JdbcStore store(Path folder, @Nullable String passwordHash) {
    JdbcStore store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
    store.settings().apply(new TwoUsers(passwordHash), SETUP);
    return store;
  }

  @Override
  public Set<String> environments() {
    return Set.of("production");
  }

  @Override
  public Set<String> projects() {
    return Set.of();
  }

  @Override
  public Map<ApiProxy, Set<String>> proxies() {
    return Map.of();
  }

  @Override
  public Set<User> users() {
    return Set.of(
        new User("admin", true, Map.of(), passwordHash), new User("viewer", false, Map.of(), null));
  }
}

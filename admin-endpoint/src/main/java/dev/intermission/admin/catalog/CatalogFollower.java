package dev.intermission.admin.catalog;

import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the store know what a host gateway has, now and after each change that the catalog tells
 * of. The gates follow, since a change of the catalog is a new snapshot version.
 *
 * <p>A catalog that comes while the store can't be reached is applied as soon as it can be; of
 * several that came meanwhile only the newest is. The calls to the store are made by a thread of
 * this class.
 */
public final class CatalogFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogFollower.class);

  private final SettingsStore store;
  private final Author author;
  private final BlockingQueue<ProxyCatalog> newest = new ArrayBlockingQueue<>(1);
  private final BackgroundLoop loop;
  private final SnapshotFeed.Subscription subscription;
  private @Nullable ProxyCatalog pending;

  /**
   * Applies the catalog before this returns, and follows it then.
   *
   * @param author who is named in the audit log for what the changes of the catalog bring
   * @throws dev.intermission.api.store.StoreUnavailableException if the store can't be reached now
   */
  public CatalogFollower(ProxyCatalog catalog, SettingsStore store, Author author) {
    this.store = store;
    this.author = author;
    store.apply(catalog, author);
    loop =
        new BackgroundLoop(
            "intermission-catalog",
            LOG,
            new BackgroundLoop.Texts(
                "A changed catalog of APIs can't be saved, and is not in force yet",
                "The changed catalog of APIs is saved"),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
            this::applyNewest);
    subscription = catalog.follow(this::replace);
    loop.start();
  }

  private synchronized void replace(ProxyCatalog next) {
    newest.clear();
    newest.add(next);
  }

  private void applyNewest(BackgroundLoop self) throws InterruptedException {
    ProxyCatalog next = pending == null ? newest.take() : pending;
    ProxyCatalog newer = newest.poll();
    pending = newer == null ? next : newer;
    store.apply(pending, author);
    pending = null;
    self.succeeded();
  }

  /** Ends the following; what the store knows stays. */
  @Override
  public void close() {
    subscription.close();
    loop.close();
  }
}

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
 * Applies the catalog of a host gateway to the store, at once and after each change that the
 * catalog announces. The gates follow, since a changed catalog leads to a new snapshot version.
 *
 * <p>A catalog that arrives while the store can't be reached is applied when it can be reached
 * again; of several such catalogs only the newest is applied. A thread of this class calls the
 * store.
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
   * Applies the catalog before this constructor returns, and follows it from then on.
   *
   * @param author the author of the changes in the audit log
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
                "The changed catalog of APIs could not be saved, and is not in force yet",
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

  /** Stops following the catalog; the store keeps what was applied. */
  @Override
  public void close() {
    subscription.close();
    loop.close();
  }
}

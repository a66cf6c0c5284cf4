package dev.intermission.store;

import dev.intermission.api.SnapshotFeed.Subscription;
import dev.intermission.api.store.StoreChanges;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Notifies listeners of the commits of this process, and, from the first listener on, of those of
 * other processes.
 */
final class Changes implements StoreChanges, AutoCloseable {

  private final Listeners listeners;
  private final Dialect dialect;
  private @Nullable Subscription others;
  private boolean closed;

  Changes(Listeners listeners, Dialect dialect) {
    this.listeners = listeners;
    this.dialect = dialect;
  }

  @Override
  public Subscription onChange(Consumer<String> listener) {
    Subscription subscription = listeners.add(listener);
    synchronized (this) {
      if (others == null && !closed) {
        others = dialect.watch(listeners::changed);
      }
    }
    return subscription;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (others != null) {
      others.close();
    }
  }
}

package dev.intermission.store;

import dev.intermission.api.SnapshotFeed.Subscription;
import dev.intermission.runtime.FailureLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The listeners for new snapshot versions. Thread-safe. */
final class Listeners {

  private final FailureLog failures = new FailureLog(LoggerFactory.getLogger(Listeners.class));
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /**
   * A separate object for each registration, so that a listener may be registered more than once.
   */
  private static final class Listener {

    private final Consumer<String> consumer;

    Listener(Consumer<String> consumer) {
      this.consumer = consumer;
    }
  }

  Subscription add(Consumer<String> consumer) {
    Listener listener = new Listener(consumer);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void changed(String environment) {
    for (Listener listener : listeners) {
      try {
        listener.consumer.accept(environment);
      } catch (RuntimeException e) {
        failures.failed("A listener failed when it was notified of a change of " + environment, e);
      }
    }
  }
}

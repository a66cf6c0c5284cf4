package dev.intermission.gate;

import dev.intermission.api.Snapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Decides for each request whether it passes or is answered. A gate serves the snapshots of one
 * environment. Let no traffic in before {@link #ready()} is true. Thread-safe: a request reads one
 * volatile reference and takes no lock; {@link #publish} replaces it.
 */
public final class Gate {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile ServedSnapshot current;
  private volatile boolean ready;

  /** Makes a gate that knows no snapshot yet. */
  public Gate(GateOptions options) {
    Answers answers = new Answers(options.answerCacheBytes());
    current =
        options.beforeFirstSnapshot() == GateOptions.BeforeFirstSnapshot.REFUSE
            ? ServedSnapshot.refusing(answers)
            : ServedSnapshot.empty(answers);
  }

  /**
   * Puts a snapshot in force: it decides all requests that begin after this call returns. A
   * snapshot that is not newer than the one in force changes nothing.
   *
   * @throws IllegalArgumentException if the snapshot is of another environment than the first one
   */
  public synchronized void publish(Snapshot snapshot) {
    if (ready && !snapshot.environment().equals(current.environment())) {
      throw new IllegalArgumentException(
          "This gate serves the environment '"
              + current.environment()
              + "'; a snapshot of '"
              + snapshot.environment()
              + "' can't be published to it");
    }
    if (ready && snapshot.version() <= current.version()) {
      return;
    }
    ServedSnapshot before = current;
    ServedSnapshot next = before.next(snapshot);
    current = next;
    ready = true;
    before.forgetWhatIsNotIn(next);
    listeners.forEach(Runnable::run);
  }

  /**
   * Runs a listener each time another snapshot was put in force, on the thread that publishes it.
   * It must not block or throw.
   */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /** Runs a listener no more. */
  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /**
   * Returns the snapshot in force. Read it once for each request, so that the request sees one
   * version.
   */
  public ServedSnapshot current() {
    return current;
  }

  /**
   * Returns whether a snapshot was published. Until then requests are treated as {@link
   * GateOptions#beforeFirstSnapshot()} says.
   */
  public boolean ready() {
    return ready;
  }

  /** Returns the version in force; 0 before the first. */
  public long servedVersion() {
    return current.version();
  }
}

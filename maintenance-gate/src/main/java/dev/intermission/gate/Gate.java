package dev.intermission.gate;

import dev.intermission.api.Snapshot;

/**
 * Decides for each request whether it passes or is answered. Thread-safe: a request reads one
 * volatile reference and takes no lock; {@link #publish} replaces it.
 */
public final class Gate {

  private volatile ServedSnapshot current;
  private volatile boolean ready;

  public Gate(GateOptions options) {
    current = ServedSnapshot.empty(new Answers(options.answerCacheBytes()));
  }

  /**
   * Puts a snapshot in force: requests that begin after this call returns are decided by it. One
   * that is not newer than the one in force changes nothing.
   */
  public synchronized void publish(Snapshot snapshot) {
    if (ready && snapshot.version() <= current.version()) {
      return;
    }
    ServedSnapshot before = current;
    ServedSnapshot next = before.next(snapshot);
    current = next;
    ready = true;
    before.forgetWhatIsNotIn(next);
  }

  /** Returns what is in force. A request reads it once, so that it sees one version. */
  public ServedSnapshot current() {
    return current;
  }

  /** Returns whether a snapshot was published; until then every request passes. */
  public boolean ready() {
    return ready;
  }

  /** Returns the version in force; 0 before the first. */
  public long servedVersion() {
    return current.version();
  }
}

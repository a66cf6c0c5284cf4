package dev.intermission.bench.compare;

/**
 * An action that runs when this JVM ends, for instance on Ctrl-C, unless it was cancelled before.
 */
final class AtExit {

  private final Thread hook;

  private AtExit(Thread hook) {
    this.hook = hook;
  }

  static AtExit run(String name, Runnable action) {
    AtExit atExit = new AtExit(new Thread(action, name));
    Runtime.getRuntime().addShutdownHook(atExit.hook);
    return atExit;
  }

  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs already.
      return;
    }
  }
}

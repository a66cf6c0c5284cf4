package dev.intermission.bench.compare;

/** Something that is done when this JVM ends before it was cancelled, as on Ctrl-C. */
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

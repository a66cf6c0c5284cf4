package dev.intermission.bench.compare;

import java.nio.file.Path;

/**
 * A server that is compared with others.
 *
 * @param name its name in options and tables
 * @param platform the platform, such as a JDK
 * @param reference the name of the contender that its figures are ratios to
 * @param launcher starts it
 */
record Contender(String name, String platform, String reference, Launcher launcher) {

  /** Starts a contender. */
  interface Launcher {

    /**
     * Starts the contender, and returns when it serves.
     *
     * @param folder an empty folder for its files
     */
    Serving launch(Path folder);
  }

  /** Returns whether it answers as if its proxy was open. */
  boolean isOpen() {
    return JettyContender.named(name).map(JettyContender::isOpen).orElse(false);
  }

  @Override
  public String toString() {
    return name + " (" + platform + ")";
  }
}

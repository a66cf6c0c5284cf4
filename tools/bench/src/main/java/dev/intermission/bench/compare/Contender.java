package dev.intermission.bench.compare;

import java.nio.file.Path;

/**
 * A server that is compared with others.
 *
 * @param name its name in options and tables
 * @param platform the platform, such as a JDK
 * @param reference the name of the contender that its figures are ratios to
 * @param launcher starts it
 * @param isOpen whether it answers as if its proxy was open
 */
record Contender(
    String name, String platform, String reference, Launcher launcher, boolean isOpen) {

  /** Creates a contender whose proxy is closed, unless it is one in Jetty that is open. */
  Contender(String name, String platform, String reference, Launcher launcher) {
    this(
        name,
        platform,
        reference,
        launcher,
        JettyContender.named(name).map(JettyContender::isOpen).orElse(false));
  }

  /** Starts a contender. */
  interface Launcher {

    /**
     * Starts the contender, and returns when it serves.
     *
     * @param folder an empty folder for its files
     */
    Serving launch(Path folder);
  }

  @Override
  public String toString() {
    return name + " (" + platform + ")";
  }
}

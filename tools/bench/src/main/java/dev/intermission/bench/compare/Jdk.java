package dev.intermission.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * An installed JDK.
 *
 * @param home its folder
 * @param version its version, such as 17.0.15
 */
record Jdk(Path home, String version) {

  /**
   * Returns the JDK in a folder.
   *
   * @throws CompareException if there is none
   */
  static Jdk at(Path home) {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException e) {
      throw new CompareException("--jdk " + home + " is no JDK: " + e, e);
    }
    String version = release.getProperty("JAVA_VERSION", "?").replace("\"", "");
    Jdk jdk = new Jdk(home, version);
    if (!Files.isExecutable(jdk.java())) {
      throw new CompareException("--jdk " + home + " has no bin/java");
    }
    return jdk;
  }

  Path java() {
    return home.resolve("bin/java");
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}

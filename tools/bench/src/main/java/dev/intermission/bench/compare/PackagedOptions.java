package dev.intermission.bench.compare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that measure the packaged gateway: which gateway, and on which JVM. */
final class PackagedOptions {

  @Parameters(paramLabel = "JAR", description = "The jar of the packaged gateway.")
  private @Nullable Path jar;

  @Option(
      names = "--jdk",
      paramLabel = "FOLDER",
      description = "The JDK to run it on (default: this one).")
  private Path jdk = Path.of(System.getProperty("java.home"));

  @Option(
      names = "--java-options",
      paramLabel = "OPTIONS",
      description = "For its JVM (default: none).")
  private String javaOptions = "";

  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation only
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  /**
   * Returns the JDK.
   *
   * @throws CompareException if there is none
   */
  Jdk jdk() {
    return Jdk.at(jdk);
  }

  /**
   * Returns the launcher of the gateway.
   *
   * @throws CompareException if it, or the JDK, is not there
   */
  GatewayLauncher launcher() {
    if (jar == null || !Files.isReadable(jar)) {
      throw new CompareException("there is no gateway in " + jar);
    }
    List<String> options =
        javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split("\\s+", -1));
    return new GatewayLauncher(jdk(), options, jar);
  }

  /** Returns what the figures depend on, for the heading of a table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s; JVM options: %s; %s",
        jdk(),
        javaOptions.isBlank() ? "none" : javaOptions,
        Machine.description());
  }
}

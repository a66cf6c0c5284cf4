package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command behind {@code bench/footprint.sh}. */
@Command(
    name = "footprint.sh",
    sortOptions = false,
    description =
        "Measures how long the packaged gateway takes from its start until it is ready, and what"
            + " memory it takes when idle and under full load. Linux only.")
public final class FootprintMain implements Callable<Integer> {

  private static final Duration IDLE = Duration.ofSeconds(5);

  private final PrintStream out;
  private final PrintStream err;

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

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often it is started (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long each load runs (default: ${DEFAULT-VALUE}).")
  private int duration = 20;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections of the load (default: ${DEFAULT-VALUE}).")
  private int connections = 64;

  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation only
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  private boolean help;

  private FootprintMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and exits: 0 if done, 1 if it can't be done, 2 if the options are wrong. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new FootprintMain(System.out, System.err)).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      measure();
      return ExitCode.OK;
    } catch (CompareException e) {
      err.println("footprint.sh: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void measure() throws InterruptedException {
    if (jar == null || !Files.isReadable(jar) || runs < 1 || duration < 1 || connections < 1) {
      throw new CompareException(
          "the jar must be there; --runs, --duration and --connections must be 1 or more");
    }
    List<String> options =
        javaOptions.isBlank() ? List.of() : List.of(javaOptions.strip().split("\\s+", -1));
    Jdk used = Jdk.at(jdk);
    GatewayLauncher launcher = new GatewayLauncher(used, options, jar);
    out.printf(
        "%s; JVM options: %s; %s%n",
        used, javaOptions.isBlank() ? "none" : javaOptions, Machine.description());
    List<Double> ready = new ArrayList<>();
    List<Double> idle = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      try (ScratchFolder scratch = new ScratchFolder();
          PackagedGateway gateway = new PackagedGateway(launcher, scratch.folder("gateway"))) {
        Serving serving = gateway.serving();
        Thread.sleep(IDLE.toMillis());
        ready.add(gateway.untilReady().toNanos() / 1e6);
        idle.add(serving.memory().resident() / 1048576.0);
        out.printf(
            Locale.ROOT,
            "start %d   ready after %,.0f ms, %s after %d s idle%n",
            run,
            ready.get(run - 1),
            serving.memory(),
            IDLE.toSeconds());
        if (run == runs) {
          load(gateway);
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "median    ready after %,.0f ms, %.0f MiB idle%n",
        Results.median(ready),
        Results.median(idle));
  }

  private void load(PackagedGateway gateway) throws InterruptedException {
    Serving serving = gateway.serving();
    Driver driver = Driver.installed(connections, out::println);
    out.printf("load by %s, %d connections, %d s each%n", driver.name(), connections, duration);
    gateway.closeProxy();
    report("closed proxy", driver.run(serving.url(), duration), serving);
    report("open proxy", driver.run(gateway.openUrl(), duration), serving);
  }

  private void report(String what, Driver.Answered answered, Serving serving) {
    out.printf(
        Locale.ROOT, "%-14s %,.0f requests/s, %s%n", what, answered.perSecond(), serving.memory());
  }
}

package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command behind {@code tools/bench/footprint.sh}. */
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

  @Mixin private final PackagedOptions packaged = new PackagedOptions();

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
    if (runs < 1 || duration < 1 || connections < 1) {
      throw new CompareException("--runs, --duration and --connections must be 1 or more");
    }
    GatewayLauncher launcher = packaged.launcher();
    out.println(packaged);
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
    out.printf(
        Locale.ROOT,
        "load by %s, %d connections, %d s each%n",
        driver.name(),
        connections,
        duration);
    gateway.closeProxy();
    report("closed proxy", driver.run(serving.url(), duration), serving);
    report("open proxy", driver.run(gateway.openUrl(), duration), serving);
  }

  private void report(String what, Driver.Answered answered, Serving serving) {
    out.printf(
        Locale.ROOT, "%-14s %,.0f requests/s, %s%n", what, answered.perSecond(), serving.memory());
  }
}

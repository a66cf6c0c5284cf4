package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options of commands that compare servers in rounds. */
final class RoundOptions {

  /** Enough for the JIT compiler to have seen everything. */
  private static final long WARMUP_REQUESTS = 200_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each contender is measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "How long in each round (default: ${DEFAULT-VALUE}).")
  private int duration = 6;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      description =
          "How long each serves before the first round; longer if that was not many requests"
              + " (default: ${DEFAULT-VALUE}).")
  private int warmup = 8;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections of the load (default: ${DEFAULT-VALUE}).")
  private int connections = 64;

  @Option(
      names = "--own-generator",
      description = "Send the load with 'intermission load' even where wrk is installed.")
  private boolean ownGenerator;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "A field of each request; may be repeated.")
  private List<String> fields = new ArrayList<>();

  /**
   * Runs the comparison, and prints its table.
   *
   * @param heading what the figures depend on besides these options
   * @throws CompareException if an option is wrong, or a contender can't be measured
   */
  void compare(List<Contender> contenders, String heading, PrintStream out)
      throws InterruptedException {
    if (rounds < 1 || duration < 1 || warmup < 1 || connections < 1) {
      throw new CompareException(
          "--rounds, --duration, --warmup and --connections must be 1 or more");
    }
    Driver driver =
        (ownGenerator ? Driver.own(connections) : Driver.installed(connections, out::println))
            .withFields(fields);
    Machine before = Machine.now();
    Comparison.Schedule schedule =
        new Comparison.Schedule(rounds, duration, warmup, WARMUP_REQUESTS);
    try (ScratchFolder scratch = new ScratchFolder();
        Comparison comparison = new Comparison(contenders, driver, schedule, scratch, out)) {
      Results results = comparison.run();
      out.printf(
          Locale.ROOT,
          "%n%s, %d connections, %d rounds of %d s; %s%n",
          driver.name(),
          connections,
          rounds,
          duration,
          Machine.description());
      out.printf(Locale.ROOT, "%s; %s%n%n", heading, Machine.now().since(before));
      out.print(results.table());
    }
  }
}

package dev.intermission.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Reads the options, runs the load, and prints the result. */
@Command(
    name = "intermission load",
    sortOptions = false,
    customSynopsis = "intermission load --url URL [options]",
    description =
        "Sends requests to a URL, checks each answer, and reports latency, throughput and errors.",
    footer = {
      "",
      "Exits with 0 if all bounds were met, 1 if one was missed or load could not be started, 2 if"
          + " the options are wrong.",
      "",
      "Example: intermission load --url http://127.0.0.1:8080/api/v1 --rate 5000 --expect-status"
          + " 503 --max-p99 5ms --max-errors 0 --report report.html"
    })
final class LoadCommand implements Callable<Integer> {

  /** The environment variable that holds the access token for deployments. */
  static final String TOKEN = "INTERMISSION_TOKEN";

  private static final int MISSED = 1;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  @ArgGroup(validate = false, heading = "%nWhat is sent%n", order = 1)
  private TargetOptions target = new TargetOptions();

  @ArgGroup(validate = false, heading = "%nHow%n", order = 2)
  private PaceOptions pace = new PaceOptions();

  @ArgGroup(validate = false, heading = "%nThe expected answer; any other is an error%n", order = 3)
  private ExpectOptions expected = new ExpectOptions();

  @ArgGroup(validate = false, heading = "%nDeployments during the load%n", order = 4)
  private DeployOptions deployments = new DeployOptions();

  @ArgGroup(
      validate = false,
      heading = "%nBounds; if one is missed, the exit status is 1%n",
      order = 5)
  private BoundOptions bounds = new BoundOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "An HTML file to write with tables and charts.")
  private @Nullable Path report;

  @Option(
      names = "--hgrm",
      paramLabel = "FILE",
      description =
          "A file to write with the latencies by percentile, in milliseconds, in the format of HdrHistogram.")
  private @Nullable Path hgrm;

  @Option(
      names = "--json",
      description =
          "Prints the result as one JSON object, and nothing else, on standard output; progress goes to standard error.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation only
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  LoadCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return run(plan(), bounds.bounds());
    } catch (UsageException e) {
      err.println("intermission load: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (LoadException | DeploymentException e) {
      err.println("intermission load: " + e.getMessage());
      return MISSED;
    }
  }

  private int run(LoadPlan plan, Bounds limits)
      throws LoadException, DeploymentException, InterruptedException {
    PrintStream told = json ? err : out;
    told.println(plan.target());
    told.println(plan);
    plan.deployments().ifPresent(told::println);
    LoadRun run = new LoadRun(plan, token(), new ProgressLines(told));
    StopOnSignal signal = StopOnSignal.arm(run::stop, err);
    try {
      Measurement measured = run.run();
      Outcome outcome = new Outcome(measured, limits.check(measured), run.notes());
      if (json) {
        out.println(JsonResult.of(outcome));
      } else {
        out.println();
        out.print(Summary.of(outcome));
      }
      if (report != null) {
        write("--report", report, HtmlReport.of(outcome), told);
      }
      if (hgrm != null) {
        write("--hgrm", hgrm, percentiles(measured), told);
      }
      return outcome.meetsBounds() ? ExitCode.OK : MISSED;
    } catch (LoadException | DeploymentException e) {
      run.notes().forEach(note -> err.println("intermission load: " + note));
      throw e;
    } finally {
      out.flush();
      signal.disarm();
    }
  }

  private LoadPlan plan() {
    Optional<DeploymentPlan> deploying = deployments.plan();
    if (deploying.isPresent() && expected.isGiven()) {
      throw new UsageException(
          "with --deploy-url the answers that are right are those deployed; leave --expect-… away");
    }
    if (deploying.isPresent() && token().isEmpty()) {
      throw new UsageException(
          "--deploy-url needs an access token in the environment variable " + TOKEN);
    }
    requireFolder("--report", report);
    requireFolder("--hgrm", hgrm);
    return new LoadPlan(
        target.target(),
        deploying.isPresent() ? Deployer.answers() : List.of(expected.answer()),
        pace.protocol(),
        pace.rate(),
        pace.duration(),
        pace.warmup(),
        pace.timeout(),
        deploying);
  }

  private static void requireFolder(String option, @Nullable Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (file != null && (folder == null || !Files.isDirectory(folder))) {
      throw new UsageException(option + " " + file + " is in a folder that is not there");
    }
  }

  private static String percentiles(Measurement measured) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    measured
        .all()
        .latencies()
        .outputPercentileDistribution(
            new PrintStream(text, false, StandardCharsets.UTF_8), NANOS_PER_MILLI);
    return text.toString(StandardCharsets.UTF_8);
  }

  private String token() {
    return environment.getOrDefault(TOKEN, "");
  }

  private static void write(String option, Path file, String text, PrintStream told) {
    try {
      Files.writeString(file, text);
      told.println("Report: " + file);
    } catch (IOException e) {
      throw new UsageException(option + " " + file + " can't be written: " + e);
    }
  }
}

package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command behind {@code tools/bench/drain.sh}. */
@Command(
    name = "drain.sh",
    sortOptions = false,
    description =
        "Measures how long it takes from the closing of an API until it is said to be drained,"
            + " beside the longest request that was in flight, at the packaged gateway on the"
            + " loopback interface. Linux only.")
public final class DrainMain implements Callable<Integer> {

  private static final long POLL_MILLIS = 1;

  private final PrintStream out;
  private final PrintStream err;
  private final HttpClient client = HttpClient.newHttpClient();

  @Mixin private final PackagedOptions packaged = new PackagedOptions();

  @Option(
      names = "--millis",
      paramLabel = "N",
      split = ",",
      description = "How long a request takes, a row for each (default: 0,100,1000,5000).")
  private List<Long> millis = List.of(0L, 100L, 1_000L, 5_000L);

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "How many requests are in flight (default: ${DEFAULT-VALUE}).")
  private int inFlight = 50;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often it is closed for each row (default: ${DEFAULT-VALUE}).")
  private int rounds = 20;

  private DrainMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and exits: 0 if done, 1 if it can't be done, 2 if the options are wrong. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new DrainMain(System.out, System.err)).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ScratchFolder scratch = new ScratchFolder();
        SlowUpstream upstream = new SlowUpstream()) {
      if (inFlight < 1 || rounds < 1) {
        throw new CompareException("--in-flight and --rounds must be 1 or more");
      }
      int traffic = FreePort.free();
      int admin = FreePort.free();
      Path folder = scratch.folder("gateway");
      Path config =
          Files.writeString(
              folder.resolve("gateway.yaml"), config(folder, traffic, admin, upstream.port()));
      String token = UUID.randomUUID().toString() + UUID.randomUUID();
      try (Serving gateway =
          packaged
              .launcher()
              .start(
                  List.of("serve", "--config=" + config),
                  token,
                  URI.create("http://127.0.0.1:" + traffic + "/slow?0"),
                  folder)) {
        out.printf(Locale.ROOT, "%d requests in flight; %s%n", inFlight, packaged);
        out.println(
            "| a request takes | PATCH answered, median | last response after the PATCH began,"
                + " median | drained after that, median | worst |");
        out.println("|---:|---:|---:|---:|---:|");
        MaintenanceCall call = new MaintenanceCall(admin, token);
        for (long each : millis) {
          measure(
              each, URI.create("http://127.0.0.1:" + traffic + "/slow?" + each), call, upstream);
        }
        if (gateway.cpuNanos() <= 0) {
          throw new CompareException("the gateway has ended");
        }
      }
      return ExitCode.OK;
    } catch (CompareException | IOException e) {
      err.println("drain.sh: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void measure(long takes, URI slow, MaintenanceCall call, SlowUpstream upstream)
      throws InterruptedException {
    List<Double> answered = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    List<Double> drained = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      call.open("slow");
      List<CompletableFuture<Long>> ends = new ArrayList<>();
      for (int i = 0; i < inFlight; i++) {
        ends.add(send(slow));
      }
      while (takes > 0
          && upstream.working() < inFlight
          && ends.stream().noneMatch(CompletableFuture::isDone)) {
        Thread.sleep(POLL_MILLIS);
      }
      long start = System.nanoTime();
      String closed = call.send("slow", "round " + round);
      long patched = System.nanoTime();
      if (!closed.contains("\"success\":true")) {
        throw new CompareException("the API was not closed: " + closed);
      }
      call.awaitDrained("slow");
      long said = System.nanoTime();
      long end = ends.stream().mapToLong(CompletableFuture::join).max().orElseThrow();
      answered.add((patched - start) / 1e6);
      last.add((end - start) / 1e6);
      drained.add((said - Math.max(end, patched)) / 1e6);
    }
    out.printf(
        Locale.ROOT,
        "| %,d ms | %.1f ms | %.1f ms | %.1f ms | %.1f ms |%n",
        takes,
        Results.median(answered),
        Results.median(last),
        Results.median(drained),
        drained.stream().mapToDouble(it -> it).max().orElse(Double.NaN));
  }

  /** Returns when the response is there. */
  private CompletableFuture<Long> send(URI uri) {
    return client
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .thenApply(response -> System.nanoTime());
  }

  private static String config(Path folder, int traffic, int admin, int upstream) {
    return String.format(
        Locale.ROOT,
        """
        role: all
        data: %s
        environments: [production]
        traffic: {port: %d}
        admin: {port: %d}
        users: {admin: {systemAdministrator: true}}
        projects:
          MyProject:
            proxies:
              slow:
                relativePathList: [/slow]
                routingAddressList: [{address: "http://127.0.0.1:%d"}]
                deployTo: [production]
        """,
        folder.resolve("data"),
        traffic,
        admin,
        upstream);
  }
}

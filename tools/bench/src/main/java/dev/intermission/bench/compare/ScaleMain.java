package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command behind {@code tools/bench/scale.sh}. */
@Command(
    name = "scale.sh",
    sortOptions = false,
    description =
        "Measures how many gateway nodes one admin node's feed holds: simulated nodes follow the"
            + " packaged gateway in the role admin, on the loopback interface. Linux only.")
public final class ScaleMain implements Callable<Integer> {

  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final Duration TO_ACKNOWLEDGE = Duration.ofMinutes(1);

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private final PackagedOptions packaged = new PackagedOptions();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      split = ",",
      description = "How many nodes, a run for each (default: 100,1000,10000).")
  private List<Integer> counts = List.of(100, 1_000, 10_000);

  @Option(
      names = "--proxies",
      paramLabel = "N",
      description = "How many proxies the environment has (default: ${DEFAULT-VALUE}).")
  private int proxies = 100;

  @Option(
      names = "--deployments",
      paramLabel = "N",
      description = "How many deployments are measured (default: ${DEFAULT-VALUE}).")
  private int deployments = 20;

  private ScaleMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and exits: 0 if done, 1 if it can't be done, 2 if the options are wrong. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ScaleMain(System.out, System.err)).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (proxies < 1 || deployments < 1) {
        throw new CompareException("--proxies and --deployments must be 1 or more");
      }
      out.printf(Locale.ROOT, "%d proxies; %s%n", proxies, packaged);
      out.println(
          "| nodes | all served after | resident | live heap | CPU while idle |"
              + " last acknowledgement, median | worst | PATCH answered, median |");
      out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
      for (int count : counts) {
        measure(count);
      }
      return ExitCode.OK;
    } catch (CompareException | IOException e) {
      err.println("scale.sh: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void measure(int count) throws IOException, InterruptedException {
    int port = FreePort.free();
    String token = UUID.randomUUID().toString() + UUID.randomUUID();
    try (ScratchFolder scratch = new ScratchFolder()) {
      Path folder = scratch.folder("admin");
      Path config = Files.writeString(folder.resolve("gateway.yaml"), config(folder, port, count));
      try (Serving admin =
              packaged
                  .launcher()
                  .start(
                      List.of("serve", "--config=" + config),
                      token,
                      URI.create("http://127.0.0.1:" + port),
                      folder);
          SimulatedNodes nodes = new SimulatedNodes(port, token)) {
        long start = System.nanoTime();
        nodes.start(count, 1);
        double served = seconds(System.nanoTime() - start);
        double idle = idleCpu(admin);
        List<Double> last = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        deploy(nodes, new MaintenanceCall(port, token), count, last, answered);
        out.printf(
            Locale.ROOT,
            "| %,d | %.1f s | %.0f MiB | %.1f MiB | %.1f %% | %.0f ms | %.0f ms | %.0f ms |%n",
            count,
            served,
            admin.memory().resident() / 1048576.0,
            admin.liveHeap(packaged.jdk()) / 1048576.0,
            idle * 100,
            Results.median(last),
            last.stream().mapToDouble(it -> it).max().orElse(Double.NaN),
            Results.median(answered));
      }
    }
  }

  /** Returns the part of one core that the admin node takes while nothing is deployed. */
  private static double idleCpu(Serving admin) throws InterruptedException {
    long cpu = admin.cpuNanos();
    long start = System.nanoTime();
    Thread.sleep(IDLE.toMillis());
    return (double) (admin.cpuNanos() - cpu) / (System.nanoTime() - start);
  }

  private void deploy(
      SimulatedNodes nodes,
      MaintenanceCall call,
      int count,
      List<Double> last,
      List<Double> answered)
      throws InterruptedException {
    for (int number = 0; number < deployments; number++) {
      nodes.expect(count, number + 2L);
      long start = System.nanoTime();
      String answer = call.send("proxy-0", "deployment " + number);
      answered.add(seconds(System.nanoTime() - start) * 1e3);
      last.add(seconds(nodes.await(TO_ACKNOWLEDGE) - start) * 1e3);
      if (!answer.contains("\"deploymentResult\":{\"success\":true")) {
        out.println(
            "not everywhere in time: " + answer.substring(0, Math.min(300, answer.length())));
      }
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private String config(Path folder, int port, int count) {
    StringBuilder yaml =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                """
                role: admin
                data: %s
                environments: [production]
                admin: {port: %d, maxConnections: %d}
                users: {admin: {systemAdministrator: true}}
                projects:
                  MyProject:
                    proxies:
                """,
                folder.resolve("data"),
                port,
                count + 100));
    for (int number = 0; number < proxies; number++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              """
                    proxy-%d:
                      relativePathList: [/proxy/%d]
                      routingAddressList: [{address: "http://127.0.0.1:1"}]
                      deployTo: [production]
              """,
              number,
              number));
    }
    return yaml.toString();
  }
}

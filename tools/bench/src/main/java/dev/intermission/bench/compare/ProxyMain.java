package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command behind {@code tools/bench/proxy.sh}. */
@Command(
    name = "proxy.sh",
    sortOptions = false,
    description =
        "Compares what an open request costs in the packaged gateway's reverse proxy, with metrics and"
            + " without, with nginx and HAProxy where they are installed, and with what --gateway and --other name: CPU"
            + " time per request of the proxying process, and throughput. The upstream is nginx."
            + " Linux only.")
public final class ProxyMain implements Callable<Integer> {

  private static final String GATEWAY = "gateway";

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "JAR", description = "The jar of the packaged gateway.")
  private @Nullable Path jar;

  @Option(
      names = "--gateway",
      paramLabel = "NAME=JAR",
      description = "Another build of the gateway; may be repeated.")
  private Map<String, Path> gateways = new LinkedHashMap<>();

  @Option(
      names = "--other",
      paramLabel = "NAME=COMMAND",
      description =
          "A command that starts another proxy, with "
              + OtherProxy.PORT
              + " for the port to listen"
              + " at and "
              + OtherProxy.UPSTREAM
              + " for that of the upstream; may be repeated.")
  private Map<String, String> others = new LinkedHashMap<>();

  @Option(
      names = "--log",
      description =
          "Compares the gateway with itself, too, with a traffic log that tells a line of each request, header fields, and bodies up to 1 KiB.")
  private boolean logs;

  @Option(
      names = "--trace",
      description =
          "Compares the gateway with itself, too, with a trace that is over, one of another API, and one that records.")
  private boolean traces;

  @Option(
      names = "--jdk",
      paramLabel = "FOLDER",
      description = "The JDK to run gateways on (default: this one).")
  private Path jdk = Path.of(System.getProperty("java.home"));

  @Option(
      names = "--java-options",
      paramLabel = "OPTIONS",
      description = "For the JVMs of gateways (default: ${DEFAULT-VALUE}).")
  private String javaOptions = "-Xms256m -Xmx256m";

  @Mixin private final RoundOptions roundOptions = new RoundOptions();

  @SuppressWarnings("UnusedVariable") // picocli looks at the annotation only
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  private ProxyMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and exits: 0 if done, 1 if it can't be done, 2 if the options are wrong. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ProxyMain(System.out, System.err)).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      compare();
      return ExitCode.OK;
    } catch (CompareException e) {
      err.println("proxy.sh: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void compare() throws InterruptedException {
    Path nginx =
        Programs.find("nginx")
            .orElseThrow(
                () ->
                    new CompareException(
                        "nginx, the upstream, is not installed; on Debian: apt-get install"
                            + " nginx-light"));
    NativeServer upstream = NativeServer.upstream(nginx);
    try (ScratchFolder scratch = new ScratchFolder();
        Serving serving = upstream.launch(scratch.folder("upstream"))) {
      out.printf(
          Locale.ROOT, "the upstream is nginx %s at %s%n", Programs.version(nginx), serving.url());
      roundOptions.compare(contenders(upstream.port()), "JVM options: " + javaOptions, out);
    }
  }

  private List<Contender> contenders(int upstream) {
    Jdk on = Jdk.at(jdk);
    List<Contender> contenders = new ArrayList<>();
    if (jar != null) {
      contenders.add(gateway(GATEWAY, jar, on, upstream, "open"));
      contenders.add(gateway(GATEWAY + "-unmeasured", jar, on, upstream, "off"));
      for (Recorded recorded : Recorded.values()) {
        if (recorded.isLogged() ? logs : traces && recorded != Recorded.NOTHING) {
          String name = GATEWAY + "-" + recorded.word();
          contenders.add(gateway(name, jar, on, upstream, "open", recorded));
        }
      }
    }
    gateways.forEach((name, build) -> contenders.add(gateway(name, build, on, upstream, "open")));
    addNative("nginx", "nginx-light", it -> NativeServer.nginxProxy(it, upstream), contenders);
    addNative("haproxy", "haproxy", it -> NativeServer.haproxyProxy(it, upstream), contenders);
    others.forEach(
        (name, command) ->
            contenders.add(contender(name, "its own", new OtherProxy(command, upstream))));
    return contenders;
  }

  private Contender gateway(String name, Path build, Jdk on, int upstream, String metrics) {
    return gateway(name, build, on, upstream, metrics, Recorded.NOTHING);
  }

  private Contender gateway(
      String name, Path build, Jdk on, int upstream, String metrics, Recorded recorded) {
    if (!Files.isReadable(build)) {
      throw new CompareException("there is no gateway in " + build);
    }
    GatewayLauncher launcher =
        new GatewayLauncher(on, List.of(javaOptions.strip().split("\\s+", -1)), build);
    return contender(name, on.toString(), new GatewayProxy(launcher, upstream, metrics, recorded));
  }

  private void addNative(
      String program,
      String debianPackage,
      Function<Path, NativeServer> launcher,
      List<Contender> contenders) {
    Programs.find(program)
        .ifPresentOrElse(
            it -> contenders.add(contender(program, Programs.version(it), launcher.apply(it))),
            () ->
                out.printf(
                    Locale.ROOT,
                    "%s is not installed and left out; on Debian: apt-get install %s%n",
                    program,
                    debianPackage));
  }

  private static Contender contender(String name, String platform, Contender.Launcher launcher) {
    return new Contender(name, platform, GATEWAY, launcher, true);
  }
}

package dev.intermission.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.command.Secrets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a fleet from the command line, and ends it when the process is told to stop. */
@Command(
    name = "intermission fleet",
    mixinStandardHelpOptions = true,
    description =
        "Runs PostgreSQL, admin nodes and gateway nodes on this machine, and prints commands to try.")
public final class FleetMain implements Callable<Integer> {

  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "fleet-data",
      description = "The folder for all its files (default: ./fleet-data).")
  Path data = Path.of("fleet-data");

  @Option(
      names = "--admins",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many admin nodes (2).")
  int admins = 2;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many gateway nodes (3).")
  int gateways = 3;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "The port of the first gateway node's clients; the others count up; 0 takes free ports (8080).")
  int port = 8080;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      defaultValue = "9090",
      description =
          "The port of the first admin node's management API; the others count up; 0 takes free ports (9090).")
  int adminPort = 9090;

  @Option(
      names = "--probe-port",
      paramLabel = "PORT",
      defaultValue = "9190",
      description =
          "The port of the first gateway node's probes; the others count up; 0 takes free ports (9190).")
  int probePort = 9190;

  private final PrintStream out;
  private final PrintStream err;

  FleetMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    // Output must be the same for programs that read it, whatever the language of the machine.
    Locale.setDefault(Locale.ROOT);
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    System.exit(
        new CommandLine(new FleetMain(out, err))
            .setOut(new PrintWriter(out, true, UTF_8))
            .setErr(new PrintWriter(err, true, UTF_8))
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (admins < 1 || admins > 50 || gateways < 1 || gateways > 50) {
      err.println("intermission fleet: allowed are 1 to 50 admin nodes and gateway nodes");
      return 2;
    }
    if (!fits(port, gateways) || !fits(adminPort, admins) || !fits(probePort, gateways)) {
      err.println("intermission fleet: allowed are ports from 0 to 65535, for the last node too");
      return 2;
    }
    String token;
    Fleet fleet;
    try {
      token = new Secrets(System.getenv()).adminToken();
      fleet =
          Fleet.start(data, FleetPorts.from(adminPort, port, probePort), admins, gateways, token);
    } catch (FleetException | IllegalArgumentException e) {
      err.println("intermission fleet: " + e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(fleet), "stop"));
    out.println(text(fleet, token));
    fleet.nodes().forEach(node -> node.whenEnded(err::println));
    out.println("Intermission is ready");
    new CountDownLatch(1).await();
    return 0;
  }

  private static boolean fits(int first, int count) {
    return first == 0 || (first > 0 && first + count - 1 <= LAST_PORT);
  }

  /**
   * Ends the process with the exit code 0, since it was asked to stop; the JVM would use 128 plus
   * the signal.
   */
  private void stop(Fleet fleet) {
    int status = 0;
    try {
      fleet.close();
    } catch (IOException | RuntimeException e) {
      err.println("intermission fleet: could not stop in good order: " + e);
      status = 1;
    }
    out.flush();
    Runtime.getRuntime().halt(status);
  }

  private static String text(Fleet fleet, @Nullable String given) {
    StringBuilder text = new StringBuilder();
    fleet.nodes().forEach(node -> text.append(node).append('\n'));
    String admin = fleet.admin(0).adminUrl();
    return text.append(
            String.format(
                Locale.ROOT,
                """

                Try this in another terminal:

                export TOKEN=%1$s

                # close MyAPI everywhere
                curl -X PATCH %2$s/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/ \\
                  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                  -d '{"enabled": true, "httpStatusCode": 503, "deploy": true, "deployTargetEnvironmentNameList": ["production"]}'

                # what each gateway node serves
                curl -H "Authorization: Bearer $TOKEN" \\
                  %2$s/apiops/projects/MyProject/apiProxies/MyAPI/environments/production/route-health/

                # kill one with its pid above, see what the others do, and start it again as you are told then
                """,
                given == null ? fleet.token() : "\"$INTERMISSION_ADMIN_TOKEN\"",
                admin))
        .toString();
  }
}

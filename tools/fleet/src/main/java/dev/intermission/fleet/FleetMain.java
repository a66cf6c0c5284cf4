package dev.intermission.fleet;

import dev.intermission.gateway.command.Secrets;
import java.io.IOException;
import java.nio.file.Path;
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

  FleetMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FleetMain()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (admins < 1 || admins > 50 || gateways < 1 || gateways > 50) {
      System.err.println("intermission fleet: allowed are 1 to 50 admin nodes and gateway nodes");
      return 2;
    }
    if (!fits(port, gateways) || !fits(adminPort, admins) || !fits(probePort, gateways)) {
      System.err.println(
          "intermission fleet: allowed are ports from 0 to 65535, for the last node too");
      return 2;
    }
    String token;
    Fleet fleet;
    try {
      token = new Secrets(System.getenv()).adminToken();
      fleet =
          Fleet.start(data, FleetPorts.from(adminPort, port, probePort), admins, gateways, token);
    } catch (FleetException | IllegalArgumentException e) {
      System.err.println("intermission fleet: " + e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(fleet), "stop"));
    System.out.println(text(fleet, token));
    fleet.nodes().forEach(node -> node.whenEnded(System.err::println));
    System.out.println("Intermission is ready");
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
  private static void stop(Fleet fleet) {
    int status = 0;
    try {
      fleet.close();
    } catch (IOException | RuntimeException e) {
      System.err.println("intermission fleet: could not stop in good order: " + e);
      status = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  private static String text(Fleet fleet, @Nullable String given) {
    StringBuilder text = new StringBuilder();
    fleet.nodes().forEach(node -> text.append(node).append('\n'));
    String admin = fleet.admin(0).adminUrl();
    return text.append(
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
            """
                .formatted(given == null ? fleet.token() : "\"$INTERMISSION_ADMIN_TOKEN\"", admin))
        .toString();
  }
}

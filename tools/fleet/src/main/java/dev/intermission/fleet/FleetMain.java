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

/** Starts a fleet from the command line, and ends it when it is told to stop. */
@Command(
    name = "intermission fleet",
    mixinStandardHelpOptions = true,
    description =
        "Runs PostgreSQL, admin nodes and gateway nodes on this machine, and says what to try.")
public final class FleetMain implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "fleet-data",
      description = "The folder for all that it keeps (./fleet-data).")
  Path data = Path.of("fleet-data");

  @Option(
      names = "--admins",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many admin nodes, on the ports from 9090 (2).")
  int admins = 2;

  @Option(
      names = "--gateways",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many gateway nodes, on the ports from 8080 (3).")
  int gateways = 3;

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
    String token;
    Fleet fleet;
    try {
      token = new Secrets(System.getenv()).adminToken();
      fleet = Fleet.start(data, FleetPorts.fixed(), admins, gateways, token);
    } catch (FleetException | IllegalArgumentException e) {
      System.err.println("intermission fleet: " + e.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(fleet), "stop"));
    System.out.println(text(fleet, token));
    System.out.println("Intermission is ready");
    new CountDownLatch(1).await();
    return 0;
  }

  /** Ends with 0, and not with 128 + signal as the JVM would: it was asked to stop. */
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

            # kill one with its pid above, and see what the others do
            """
                .formatted(given == null ? fleet.token() : "\"$INTERMISSION_ADMIN_TOKEN\"", admin))
        .toString();
  }
}

package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.intermission.gateway.Gateway;
import dev.intermission.gateway.StartTokens;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.Key;
import dev.intermission.postgres.LocalPgBouncer;
import dev.intermission.postgres.LocalPostgres;
import dev.intermission.postgres.PostgresBinaries;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two gateways with one database behind PgBouncer in transaction mode, where neither hears the
 * notifications of the other.
 */
@Tag("slow")
class PgBouncerTest {

  private static final String TOKEN = "my-own-token-of-admin-0123456789";
  private static final int SESSIONS = 3;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void requirePgBouncer() throws InterruptedException {
    if (!LocalPgBouncer.isAvailable()) {
      String missing = "PgBouncer is missing; install the package pgbouncer";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
  }

  private static Gateway start(String database) throws Exception {
    Gateway gateway =
        Gateway.start(
            ConfigReader.read(
                """
                traffic: {host: 127.0.0.1, port: 0}
                admin: {port: 0}
                environments: [production]
                users: {admin: {systemAdministrator: true}}
                projects:
                  MyProject:
                    proxies:
                      MyAPI:
                        relativePathList: [/api/v1]
                        routingAddressList: [{address: "http://127.0.0.1:1"}]
                        deployTo: [production]
                """,
                new Given(
                    Map.of(Key.DATABASE, new Given.Value(database, "INTERMISSION_DATABASE")))),
            new StartTokens(TOKEN, null));
    gateway.awaitReady();
    return gateway;
  }

  private HttpResponse<String> get(Gateway gateway) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.traffic().url() + "/api/v1/x"))
            .timeout(Duration.ofMinutes(1))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String close(Gateway gateway, int number) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        gateway.admin().url()
                            + "/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/"))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(
                    "PATCH",
                    HttpRequest.BodyPublishers.ofString(
                        """
                        {"enabled":true,"httpStatusCode":503,"contentType":"text/plain","message":"%d",\
                        "deploy":true,"deployTargetEnvironmentNameList":["production"]}"""
                            .formatted(number)))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void changesThroughEitherGatewayAreServedByBoth() throws Exception {
    Path target = Path.of("target");
    Path folder = target.resolve("pgbouncer-" + UUID.randomUUID());
    try (LocalPostgres postgres =
            LocalPostgres.start(
                PostgresBinaries.unpack(target.resolve("postgres")), folder, 0, "fsync=off");
        LocalPgBouncer pooler = LocalPgBouncer.start(postgres, folder, SESSIONS);
        Gateway first = start(pooler.url("postgres"));
        Gateway second = start(pooler.url("postgres"))) {
      // More often than the driver waits before it prepares a statement.
      for (int number = 0; number < 20; number++) {
        String message = String.valueOf(number);
        assertThat(close(number % 2 == 0 ? first : second, number))
            .contains("\"deploymentResult\":{\"success\":true");
        await().atMost(Duration.ofMinutes(1)).until(() -> get(first).body().equals(message));
        await().atMost(Duration.ofMinutes(1)).until(() -> get(second).body().equals(message));
      }
    }
  }
}

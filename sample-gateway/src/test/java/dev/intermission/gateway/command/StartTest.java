package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gateway.SmallDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts of a gateway in places that are not as one expects. */
class StartTest {

  private final Path etc;
  private final Path run;

  StartTest(@TempDir Path folder) throws IOException {
    Path real = folder.toRealPath();
    etc = Files.createDirectory(real.resolve("etc"));
    run = Files.createDirectory(real.resolve("run"));
  }

  private void writeFile(String more) throws IOException {
    Files.writeString(
        etc.resolve("gateway.yaml"),
        """
        %s
        traffic: {host: 127.0.0.1, port: 0}
        admin: {port: 0}
        environments: [production]
        projects: {}
        users: {admin: {systemAdministrator: true}}
        """
            .formatted(more));
  }

  private GatewayProcess serve(Map<String, String> variables, String... more) throws IOException {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "serve";
    arguments[1] = "--config";
    arguments[2] = "../etc/gateway.yaml";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return GatewayProcess.start(run, variables, arguments);
  }

  private static void stop(GatewayProcess gateway) throws InterruptedException {
    gateway.terminate();
    assertThat(gateway.exitCode()).isZero();
  }

  @Test
  void dataAreBesideTheFileFromWhereverItIsStarted() throws Exception {
    writeFile("");
    try (GatewayProcess gateway = serve(Map.of())) {
      assertThat(gateway.errors())
          .contains("The data folder is " + etc.resolve("data") + " (new store)");
      stop(gateway);
    }
    try (GatewayProcess gateway =
        GatewayProcess.start(etc, Map.of(), "serve", "--config", "gateway.yaml")) {
      assertThat(gateway.errors())
          .contains("The data folder is " + etc.resolve("data") + " (existing store)");
      stop(gateway);
    }
    assertThat(run.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: mine", "database: jdbc:sqlite:mine.db"})
  void storeThatIsOnlyWhereThePathLedBeforeIsNotLeftBehind(String line) throws Exception {
    writeFile(line);
    String name = line.isEmpty() ? "data" : line.replaceAll(".*[ :]", "");
    String option = line.startsWith("database") ? "--database=jdbc:sqlite:" : "--data=";
    try (GatewayProcess gateway = serve(Map.of(), option + run.resolve(name))) {
      stop(gateway);
    }
    assertThatThrownBy(() -> serve(Map.of()))
        .hasMessageContaining("expected at " + etc.resolve(name))
        .hasMessageContaining("they are at " + run.resolve(name))
        .hasMessageContaining("start with " + option.replace('=', ' ') + run.resolve(name));
    assertThat(etc.resolve(name)).doesNotExist();
    Files.move(run.resolve(name), etc.resolve(name));
    try (GatewayProcess gateway = serve(Map.of())) {
      stop(gateway);
    }
  }

  @Test
  void variablesOfAServiceInKubernetesAreIgnoredWithAWarning() throws Exception {
    writeFile("");
    Map<String, String> variables =
        Map.of(
            "INTERMISSION_PORT", "tcp://10.0.0.1:8080",
            "INTERMISSION_ADMIN_PORT", "tcp://10.0.0.2:9090");
    try (GatewayProcess gateway = serve(variables)) {
      assertThat(gateway.errors().lines().filter(line -> line.contains("enableServiceLinks")))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .contains("INTERMISSION_PORT is tcp://10.0.0.1:8080")
                      .contains("named 'intermission'"),
              line ->
                  assertThat(line)
                      .contains("INTERMISSION_ADMIN_PORT is tcp://10.0.0.2:9090")
                      .contains("named 'intermission-admin'"));
    }
  }

  @Test
  void temporaryFolderInWhichNothingMayBeExecutedIsOneLine() throws Exception {
    writeFile("");
    Path temporary = Files.createDirectory(run.resolve("tmp"));
    SmallDisk disk = new SmallDisk(temporary, "50m,noexec");
    try {
      assertThatThrownBy(() -> serve(Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary)))
          .extracting(Throwable::getMessage)
          .asString()
          .contains("SQLite's library can't be loaded from the folder " + temporary)
          .contains("JAVA_OPTS=-Djava.io.tmpdir=FOLDER")
          .doesNotContain("ERROR");
    } finally {
      disk.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=tr -Duser.country=TR",
        "-Dfile.encoding=US-ASCII -Dstdout.encoding=US-ASCII -Dstderr.encoding=US-ASCII"
      })
  void localeOfTheMachineChangesNothing(String options) throws Exception {
    try (GatewayProcess demo =
        GatewayProcess.start(
            run,
            Map.of("JAVA_TOOL_OPTIONS", options, "LC_ALL", "C"),
            "demo",
            "--port",
            "0",
            "--admin-port",
            "0")) {
      String url = "http://127.0.0.1:" + demo.adminPort();
      assertThat(demo.out()).anyMatch(line -> line.endsWith(url + "/apiops/"));
      String token =
          demo.out().stream()
              .filter(line -> line.startsWith("export TOKEN="))
              .findFirst()
              .orElseThrow()
              .substring("export TOKEN=".length());
      String path = "/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/";
      HttpRequest patch =
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(
                  "PATCH",
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"enabled": true, "httpStatusCode": 503, "message": "\u0130\u00e4\u0663",
                       "deploy": true, "deployTargetEnvironmentNameList": ["production"]}"""))
              .build();
      HttpClient client = HttpClient.newHttpClient();
      assertThat(client.send(patch, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpRequest get =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + demo.trafficPort() + "/api/v1"))
              .build();
      assertThat(client.send(get, BodyHandlers.ofString()).body()).isEqualTo("\u0130\u00e4\u0663");
    }
  }
}

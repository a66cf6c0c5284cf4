package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.access.ClientSecret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are put into every input, and every output is searched for them. */
class PlantedSecretsTest {

  /** A part of each secret here. */
  private static final String PLANTED = "pl4nted";

  private static final String TOKEN = PLANTED + "-token-0123456789-0123456789";

  private final Path folder;

  PlantedSecretsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String run(Map<String, String> variables, String in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, UTF_8);
    int code =
        Commands.run(
            variables,
            new Terminal(new ByteArrayInputStream(in.getBytes(UTF_8)), print, print),
            arguments);
    assertThat(code).isNotZero();
    return out.toString(UTF_8);
  }

  private static void assertOneLineWithoutTheSecret(String output, String told) {
    assertThat(output.lines()).hasSize(1);
    assertThat(output).contains(told).doesNotContain(PLANTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTERMISSION_ADMIN_TOKEN | pl4nted | INTERMISSION_ADMIN_TOKEN has 7 characters",
        "INTERMISSION_ADMIN_TOKEN | pl4nted-0123456789-0123456789-01234 56 | the character U+0020",
        "INTERMISSION_FEED | http://user:pl4nted@admin:9090 | has a user or a password before an '@'",
        "INTERMISSION_FEED | http://user:pl4nted%@admin:9090 | has a user or a password before an '@'",
        "INTERMISSION_FEED | http://admin:9090/?token=pl4nted | address 'http://admin:9090...' is not allowed",
        "INTERMISSION_DATABASE | pl4nted | The database URL without jdbc: at its start is not supported",
        "INTERMISSION_DATABASE | jdbc:postgresql://me:pl4nted@db/x | a user before an '@' is not allowed",
        "INTERMISSION_DATABASE | jdbc:postgresql://db/x&password=pl4nted | a parameter before the '?'",
        "INTERMISSION_DATABASE | jdbc:postgresql://db/x?password=pl4nted%zz | a fault in what comes after the '?'",
        "INTERMISSION_DATABASE | jdbc:sqlite:x?password=pl4nted | is not allowed; write jdbc:sqlite:",
        "INTERMISSION_DATABASE_FILE | pl4nted | INTERMISSION_DATABASE_FILE names does not exist",
      })
  void variableThatIsRefusedIsToldWithoutItsValue(String variable, String value, String told) {
    String[] demo = {"demo", "--port", "0", "--admin-port", "0", "--data", data()};
    String[] node = {"serve", "--role=gateway", "--port=0", "--admin-port=0", "--data=" + data()};
    assertOneLineWithoutTheSecret(
        run(Map.of(variable, value), "", variable.equals("INTERMISSION_FEED") ? node : demo), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\u0000x", "\n\n"})
  void feedTokenWithAControlCharacterIsRefusedAtTheStart(String end) {
    String[] node = {
      "serve",
      "--role",
      "gateway",
      "--feed",
      "http://127.0.0.1:1",
      "--port",
      "0",
      "--admin-port",
      "0",
      "--data",
      data()
    };
    assertOneLineWithoutTheSecret(
        run(Map.of("INTERMISSION_FEED_TOKEN", TOKEN + end), "", node),
        "INTERMISSION_FEED_TOKEN has the control character U+%04X".formatted((int) end.charAt(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--database=jdbc:postgresql://db/x?user=me&password=pl4nted",
        "--database=jdbc:postgresql://me:pl4nted@db/x"
      })
  void passwordInAnArgumentIsRefusedSinceEveryoneCanReadIt(String argument) {
    assertOneLineWithoutTheSecret(
        run(Map.of(), "", "demo", argument),
        "An argument holds a password, and every user of this machine can read arguments");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "database: [pl4nted] | database: found a list",
        "database: pl4nted | The database URL without jdbc: at its start is not supported",
        "'database: \"jdbc:postgresql://db/x?password=pl4nted' | gateway.yaml:",
        "'database: jdbc:postgresql://db/x?password=pl4nted: x' | gateway.yaml:",
        "'feed: {admins: [\"http://me:pl4nted@admin:9090\"]}' | feed.admins[0]: the admin node's address has a user",
        "'feed: {admins: [\"http://me:pl4 nted@admin\", \"pl4nted\"]}' | feed.admins[0]: the admin node's address has a user",
        "'feed: {admins: pl4nted}' | feed.admins: found what is not shown, allowed is a list",
        "'users: {a: {passwordHash: pl4nted}}' | passwordHash: found what is no bcrypt hash",
        "'users: {a: {passwordHash: [pl4nted]}}' | passwordHash: found a list",
        "'users: {a: {passwordHash: \"pl4nted' | gateway.yaml:",
        "'users: {a: {passwordHash: 0123_456}}' | passwordHash: found what is not shown",
      })
  void fileThatIsWrongIsToldWithoutItsSecrets(String line, String told) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("gateway.yaml"),
            "environments: [production]\nprojects: {}\n" + line + "\n");
    String[] serve = {
      "serve", "--config", file.toString(), "--port", "0", "--admin-port", "0", "--data", data()
    };
    assertThat(run(Map.of(), "", serve)).contains(told).doesNotContain(PLANTED);
  }

  @Test
  void secretThatIsTooLongForAHashIsNotRepeated() {
    assertOneLineWithoutTheSecret(
        run(Map.of(), PLANTED.repeat(20), "secret", "hash"), "The secret has 140 bytes");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /** Logs all that there is to log. */
  private static Map<String, String> logging(Map<String, String> variables) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.put("INTERMISSION_LOG_LEVEL", "TRACE");
    return all;
  }

  @Test
  void gatewayAndNodeThatRunLogNoSecretAtAnyLevel() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN + "\r\n");
    Path config = folder.resolve("gateway.yaml");
    String hash = ClientSecret.hash(PLANTED + "-client");
    Files.writeString(
        config,
        """
        environments: [production]
        projects:
          P:
            proxies:
              A:
                relativePathList: [/a]
                routingAddressList: [{address: "http://127.0.0.1:1"}]
        users:
          admin: {systemAdministrator: true, passwordHash: "%s"}
        """
            .formatted(hash));
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder,
            logging(Map.of("INTERMISSION_ADMIN_TOKEN_FILE", token.toString())),
            "serve",
            "--config",
            config.toString(),
            "--port",
            "0",
            "--admin-port",
            "0")) {
      int port = gateway.adminPort();
      try (GatewayProcess node =
          GatewayProcess.start(
              folder,
              logging(Map.of("INTERMISSION_FEED_TOKEN", TOKEN + "\n")),
              "serve",
              "--role=gateway",
              "--feed=http://127.0.0.1:" + port,
              "--port=0",
              "--admin-port=0",
              "--data=" + folder.resolve("node"))) {
        assertThat(requests(port)).containsExactly(200, 200, 401, 401, 400, 400, 401, 401);
        requests(node.port("Probes:"));
        requests(node.trafficPort());
        String bypass = bypassToken(port);
        for (String value : List.of(bypass, PLANTED)) {
          send(node.trafficPort(), "/a", "Intermission-Bypass", value);
        }
        await().until(() -> gateway.errors().contains("401"));
        node.terminate();
        gateway.terminate();
        assertThat(List.of(node.exitCode(), gateway.exitCode())).containsExactly(0, 0);
        assertThat(gateway.errors()).contains(" TRACE ");
        for (GatewayProcess process : List.of(gateway, node)) {
          assertThat(String.join("\n", process.out()) + process.errors())
              .contains("Stopped")
              .doesNotContain(PLANTED, hash, bypass);
        }
      }
    }
  }

  /** Sends secrets in all places of requests, and returns the answers' status codes. */
  private static List<Integer> requests(int port) throws IOException, InterruptedException {
    String api = "/apiops/projects/P/apiProxies/";
    String patch = api + "A/settings/maintenance-mode/";
    String form = "grant_type=client_credentials&client_id=admin&client_secret=" + PLANTED;
    return List.of(
        send(port, api, "Authorization", "Bearer " + TOKEN),
        post(port, form + "-client"),
        post(port, form),
        post(port, form.replace("=admin", "=" + PLANTED)),
        post(port, "grant_type=client_credentials&client_secret=" + PLANTED),
        patch(port, patch, TOKEN, "{\"message\": \"" + PLANTED + "\", \"pl4nted\": }"),
        send(port, api + "?token=" + PLANTED, "Authorization", "Basic " + PLANTED),
        send(
            port,
            "/feed/v1/changes?environment=production&after=0&wait=0&token=" + PLANTED,
            "Authorization",
            "Bearer " + PLANTED,
            "X-Intermission-Node",
            "node"));
  }

  private static String bypassToken(int port) throws IOException, InterruptedException {
    HttpResponse<String> made =
        HttpClient.newHttpClient()
            .send(
                request(
                        port,
                        "/apiops/projects/P/apiProxies/A/settings/maintenance-mode/bypass-tokens/")
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"expiresIn\":\"1h\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    String token = made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    assertThat(token).matches("imb_[A-Za-z0-9_-]{43}");
    return token;
  }

  private static int send(int port, String path, String... fields)
      throws IOException, InterruptedException {
    return send(request(port, path).headers(fields));
  }

  private static int post(int port, String form) throws IOException, InterruptedException {
    return send(
        request(port, "/apiops/auth/token?x=" + URLEncoder.encode(PLANTED, UTF_8))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static int patch(int port, String path, String token, String body)
      throws IOException, InterruptedException {
    return send(
        request(port, path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

package dev.intermission.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.BcryptFunction;
import dev.intermission.admin.access.ClientSecret;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.data.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that come to an end, in this process. */
class CommandsTest {

  private final Path folder;

  CommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What a command did. */
  private record Outcome(int code, String out, String err) {}

  private static Outcome run(Map<String, String> variables, String in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Commands.run(
            variables,
            new Terminal(
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8)),
            arguments);
    return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  @Test
  void configCheckTellsAllFaultsOfAFileOrThatThereAreNone() throws Exception {
    Path file = folder.resolve("gateway.yaml");
    Files.writeString(
        file,
        """
        environments: [production]
        projects: {P: {proxies: {}}}
        users: {admin: {systemAdministrator: true}}
        """);
    Outcome good = run("config", "check", file.toString());
    assertThat(good.err()).isEmpty();
    assertThat(good.out())
        .isEqualTo(file + " has no faults: role all, 1 projects with 0 proxies, 1 users\n");
    assertThat(good.code()).isZero();
    assertThat(folder.resolve("data")).doesNotExist();

    Files.writeString(
        file,
        """
        frnt: filter
        shutdownTimeout: soon
        admin: {tls: {certificate: none.pem, privateKey: none.pem}}
        environments: [production]
        projects: {}
        """);
    Outcome faulty = run("config", "check", file.toString());
    assertThat(faulty.code()).isEqualTo(1);
    assertThat(faulty.out()).isEmpty();
    assertThat(faulty.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("intermission config check: " + file + ":"));

    Files.writeString(
        file, Files.readString(file).replace("frnt: filter\nshutdownTimeout: soon\n", ""));
    assertThat(run("config", "check", file.toString()).err())
        .startsWith("intermission config check: The TLS certificate ")
        .contains("none.pem");
  }

  private static Outcome run(String... arguments) {
    return run(Map.of(), "", arguments);
  }

  private static void assertOneLine(Outcome outcome, int code, String start) {
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err()).startsWith(start);
  }

  @ParameterizedTest
  @CsvSource({
    "--help, Usage: intermission",
    "demo --help, Usage: intermission demo",
    "serve --help, Usage: intermission serve",
    "token create --help, Usage: intermission token create",
    "secret hash --help, Usage: intermission secret hash"
  })
  void helpIsPrinted(String arguments, String start) {
    Outcome outcome = run(arguments.split(" ", -1));
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith(start);
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | intermission: Missing required subcommand",
        "demos | intermission: Unmatched argument at index 0: 'demos'",
        "demo --prot 1 | intermission demo: Unknown options: '--prot', '1'",
        "demo --port x | intermission demo: Invalid value for option '--port': found 'x', allowed are 0 to 65535",
        "demo --port 70000 | intermission demo: Invalid value for option '--port': found '70000', allowed are 0 to 65535",
        "demo --admin-port -1 | intermission demo: Invalid value for option '--admin-port': found '-1', allowed are 0 to 65535",
        "demo --role some | intermission demo: Unknown options: '--role', 'some'",
        "serve --role some --config ../examples/gateway.yaml | intermission serve: Invalid value for option '--role': found 'some', allowed is one of [all, admin, gateway]",
        "serve | intermission serve: Give the configuration file with --config or the variable INTERMISSION_CONFIG",
        "token create | intermission token create: Missing required option: '--user=NAME'",
        "token create --user a --expires 3w | intermission token create: Invalid value for option '--expires': found '3w', allowed is a number above 0 and a unit",
        "token revoke | intermission token revoke: Missing required parameter: 'ID'",
      })
  void commandLineThatIsNotUnderstoodIsOneLine(String arguments, String told) {
    assertOneLine(run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)), 2, told);
  }

  @Test
  void variableThatIsWrongIsTold() {
    assertOneLine(
        run(Map.of("INTERMISSION_ADMIN_PORT", "x"), "", "demo"),
        2,
        "intermission demo: Invalid value for option '--admin-port': found 'x', allowed are 0 to 65535 (from the variable INTERMISSION_ADMIN_PORT)");
  }

  @Test
  void optionWinsOverItsVariableAndAnEmptyVariableSaysNothing() {
    Map<String, String> variables =
        Map.of("INTERMISSION_CONFIG", "variable.yaml", "INTERMISSION_PORT", "");
    assertOneLine(
        run(variables, "", "serve"),
        1,
        "intermission serve: The configuration file variable.yaml does not exist");
    assertOneLine(
        run(variables, "", "serve", "--config", "option.yaml"),
        1,
        "intermission serve: The configuration file option.yaml does not exist");
  }

  @Test
  void configurationThatIsWrongIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("g.yaml"), "environments: []\nprojects: {}\n");
    assertOneLine(
        run("serve", "--config", file.toString()),
        1,
        "intermission serve: %s:1: environments: found an empty list".formatted(file));
  }

  @Test
  void environmentThatIsNotThereIsOneLine() {
    assertOneLine(
        run("demo", "--port", "0", "--admin-port", "0", "--environment", "test"),
        2,
        "intermission demo: Invalid value for option '--environment': found 'test', allowed are the configured environments [production, staging]");
  }

  @Test
  void portInUseIsOneLineAndNothingElseIsTouched() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      String data = folder.resolve("data").toString();
      assertOneLine(
          run("demo", "--port", port, "--admin-port", "0", "--data", data),
          1,
          "intermission demo: Can't listen on 127.0.0.1 port %1$s (traffic): Address already in use. Find what uses it with 'ss -ltnp sport = :%1$s' and stop it, or give another port with --port."
              .formatted(port));
      assertOneLine(
          run("demo", "--port", "0", "--admin-port", port, "--data", data),
          1,
          "intermission demo: Can't listen on 127.0.0.1 port %s (admin): ".formatted(port));
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host 203.0.113.7 | 203.0.113.7 port 0 (traffic): no interface of this machine has the address 203.0.113.7. Give one that it has, or 0.0.0.0 for all, with --host.",
        "--admin-host 203.0.113.7 | 203.0.113.7 port 0 (admin): no interface of this machine has the address 203.0.113.7. Give one that it has, or 0.0.0.0 for all, with --admin-host.",
        "--host no-such-host.invalid | no-such-host.invalid port 0 (traffic): the name 'no-such-host.invalid' has no address. Give an address of this machine with --host."
      })
  void addressThatIsNotOfThisMachineIsOneLine(String option, String told) {
    String data = folder.resolve("data").toString();
    String line = "demo --port 0 --admin-port 0 --data " + data + " " + option;
    assertOneLine(run(line.split(" ", -1)), 1, "intermission demo: Can't listen on " + told);
  }

  @Test
  void dataFolderInUseIsOneLine() {
    try (DataFolder held = DataFolder.open(folder)) {
      assertOneLine(
          run("demo", "--port", "0", "--admin-port", "0", "--data", held.path().toString()),
          1,
          "intermission demo: Data folder %s is in use by another Intermission process"
              .formatted(held.path()));
    }
  }

  @Test
  void databaseThatIsNoneIsOneLine() {
    Outcome outcome =
        run(
            "demo",
            "--port",
            "0",
            "--admin-port",
            "0",
            "--data",
            folder.toString(),
            "--database",
            "jdbc:unknown:x");
    assertOneLine(outcome, 1, "intermission demo: ");
  }

  @Test
  void tokensAreKeptWhileTheGatewayRuns() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            RunningGateway.config(folder, RunningGateway.proxy("A", "/a", "http://127.0.0.1:1")))) {
      Map<String, String> variables = Map.of("INTERMISSION_DATA", folder.toString());

      Outcome created = run(variables, "", "token", "create", "--user", "admin", "--expires", "2d");
      assertThat(created.code()).isZero();
      String secret = created.out().strip();
      assertThat(created.out()).isEqualTo(secret + System.lineSeparator());
      assertThat(created.err()).matches("Token [0-9a-f]{16} of admin, good until \\S+\\R");
      String id = created.err().split(" ", -1)[1];
      assertThat(gateway.get("/apiops/projects/MyProject/apiProxies/", secret).statusCode())
          .isEqualTo(200);

      Outcome list = run(variables, "", "token", "list");
      assertThat(list.code()).isZero();
      assertThat(list.out().lines()).hasSize(3);
      assertThat(list.out()).containsPattern(id + " +admin +\\S+Z +\\S+Z +good");
      assertThat(list.out()).doesNotContain(secret).contains("never");

      assertThat(run(variables, "", "token", "revoke", id).out())
          .isEqualTo("Token " + id + " is revoked" + System.lineSeparator());
      assertThat(gateway.get("/apiops/projects/MyProject/apiProxies/", secret).statusCode())
          .isEqualTo(401);
      assertThat(run(variables, "", "token", "list").out()).containsPattern(id + ".* revoked");
      assertOneLine(
          run(variables, "", "token", "revoke", id),
          1,
          "intermission token revoke: There is no token '%s' that could be revoked".formatted(id));
      assertOneLine(
          run(variables, "", "token", "create", "--user", "nobody"),
          1,
          "intermission token create: There is no user 'nobody'");
    }
  }

  @Test
  void tokenOfAGatewayThatNeverRanIsOneLine() {
    assertOneLine(
        run("token", "list", "--data", folder.resolve("none").toString()),
        1,
        "intermission token list: There is no store at ");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void hashOfASecretFitsIt() {
    Outcome outcome = run(Map.of(), "s\u00e4cret with spaces \nanother line", "secret", "hash");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    String hash = outcome.out().strip();
    assertThat(ClientSecret.isHash(hash)).isTrue();
    assertThat(BcryptFunction.getInstanceFromHash(hash).check("s\u00e4cret with spaces ", hash))
        .isTrue();
  }

  @Test
  void emptySecretIsRefused() {
    assertOneLine(run("secret", "hash"), 1, "intermission secret hash: The secret has 0 bytes");
  }
}

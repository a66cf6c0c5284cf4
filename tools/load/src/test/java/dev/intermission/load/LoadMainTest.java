package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command as a user runs it. A machine that stands still for seconds makes the loop leave
 * requests unsent, so the tests do not say how many were answered.
 */
class LoadMainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... arguments) {
    return LoadMain.run(
        arguments,
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int load(String url, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--url", url, "--warmup", "0s", "--duration", "500ms", "--rate", "100"));
    arguments.addAll(List.of(more));
    return run(Map.of(), arguments.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void boundsThatAreMetExitWithZeroAndSaySo() throws Exception {
    try (TargetServer server = TargetServer.answering(503, "text/plain", "gone")) {
      int exit =
          load(
              server.url(),
              "--expect-status=503",
              "--expect-content-type=text/plain",
              "--expect-body=gone",
              "--max-p99=1m",
              "--max-errors=50",
              "--min-throughput=1");
      assertThat(err()).isEmpty();
      assertThat(exit).isZero();
      assertThat(out())
          .startsWith("GET " + server.url())
          .containsPattern("all +50 ")
          .containsPattern("ok +p99 is .* at most 60 s is allowed")
          .containsPattern("ok +errors are [0-9]+, at most 50 are allowed")
          .containsPattern("ok +throughput is [0-9]+/s, at least 1/s is asked for");
    }
  }

  @Test
  void jsonIsAllThatIsOnStandardOutput(@TempDir Path folder) throws Exception {
    Path hgrm = folder.resolve("latencies.hgrm");
    try (TargetServer server = TargetServer.answering(503, "text/plain", "gone")) {
      int exit =
          load(server.url(), "--expect-status=503", "--max-p99=1m", "--json", "--hgrm=" + hgrm);
      assertThat(exit).isZero();
      JsonNode result = new ObjectMapper().readTree(out());
      long requests = result.path("requests").asLong();
      assertThat(result.path("target").asText()).isEqualTo("GET " + server.url());
      assertThat(requests).isPositive();
      assertThat(result.path("statuses").path("503").asLong() + result.path("errors").asLong())
          .isEqualTo(requests);
      assertThat(result.path("latencyMillis").path("max").asDouble())
          .isGreaterThanOrEqualTo(result.path("latencyMillis").path("p50").asDouble());
      assertThat(result.path("meetsBounds").asBoolean()).isTrue();
      assertThat(result.path("bounds").path(0).path("met").asBoolean()).isTrue();
      assertThat(err()).contains("measuring for");
      assertThat(Files.readString(hgrm))
          .contains("Percentile")
          .contains("#[Max     =")
          .contains("Total count");
    }
  }

  @Test
  void answersAreBrokenDownByStatus() throws Exception {
    try (TargetServer server = TargetServer.answering(404, "text/plain", "gone")) {
      load(server.url(), "--expect-status=503");
      assertThat(out()).containsPattern("  status 404 +[0-9]+").contains("another status");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--max-p99=1us, MISSED +p99 is ",
    "--max-errors=0, 'MISSED +errors are 50, at most 0 are allowed'",
    "--min-throughput=101, 'MISSED +throughput is [0-9]+/s, at least 101/s is asked for'"
  })
  void boundThatIsMissedExitsWithOneAndSaysWhich(String bound, String said) throws Exception {
    try (TargetServer server = TargetServer.answering(200, "text/plain", "open")) {
      assertThat(load(server.url(), "--expect-status=503", bound)).isEqualTo(1);
      assertThat(out()).containsPattern(said).containsPattern("another status +[0-9]+");
      assertThat(out())
          .contains("it has status 200, text/plain, a body of 4 bytes; expected is status 503");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--rate 5 | --url is missing",
        "--url ftp://x | --url 'ftp://x' is no URL to send to",
        "--url http://x --rate 0 | --rate is 0, allowed is more than 0",
        "--url http://x --rate -1 | --rate is -1, allowed is more than 0",
        "--url http://x --duration 5 | '5' is no duration",
        "--url http://x --duration 1ms | --duration is 1 ms, allowed is 250 ms to 24 h",
        "--url http://x --connections 0 | --connections is 0",
        "--url http://x --streams 4 | --streams is for --http2",
        "--url http://x --header nonsense | --header 'nonsense' is not of the form",
        "--url http://x --body a --body-file b | give --body or --body-file, not both",
        "--url http://x --expect-status 99 | --expect-status is 99",
        "--url http://x --expect-body-file /no/such | --expect-body-file /no/such can't be read",
        "--url http://x --report /no/such/file | --report /no/such/file is in a folder",
        "--url http://x --deploy-url http://x/y | does not end in /projects/PROJECT/apiProxies/PROXY",
        "--url http://x --deploy-url http://x/projects/P/apiProxies/A | INTERMISSION_TOKEN",
        "--url http://x --no-such-option | Unknown option: '--no-such-option'"
      })
  void wrongOptionsExitWithTwoAndOneLineThatSaysWhy(String arguments, String said) {
    assertThat(run(Map.of(), arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err().lines().findFirst().orElse(""))
        .startsWith("intermission load: ")
        .contains(said);
    assertThat(out()).isEmpty();
  }

  @Test
  void targetThatIsNotThereExitsWithOneLine() throws Exception {
    TargetServer server = TargetServer.answering(503, "text/plain", "gone");
    String url = server.url();
    server.stop();
    assertThat(load(url)).isEqualTo(1);
    assertThat(err()).hasLineCount(1).startsWith("intermission load: no answer from ");
  }

  @Test
  void requestIsSentAsItIsGiven(@TempDir Path folder) throws Exception {
    List<String> seen = new ArrayList<>();
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              synchronized (seen) {
                seen.add(
                    "%s %s [%s] %s"
                        .formatted(
                            request.getMethod(),
                            request.getHttpURI().getPathQuery(),
                            request.getHeaders().get("X-One"),
                            org.eclipse.jetty.io.Content.Source.asString(request)));
              }
              TargetServer.write(response, callback, 302, "text/plain", "gone");
            })) {
      Path body = Files.writeString(folder.resolve("body"), "grüße\n");
      load(
          server.url() + "?a=b",
          "--url",
          server.url() + "/other",
          "--method=PUT",
          "--header=X-One: 1",
          "--body-file=" + body);
      assertThat(seen).contains("PUT /api/v1?a=b [1] grüße\n", "PUT /api/v1/other [1] grüße\n");
      assertThat(seen).hasSize(52);
    }
  }

  @Test
  void deploymentsTakeTurnsAndWhatWasBeforeIsPutBack(@TempDir Path folder) throws Exception {
    Path report = folder.resolve("report.html");
    try (StubGateway gateway = new StubGateway(false)) {
      int exit = deploy(gateway, StubGateway.TOKEN, "--report=" + report);
      assertThat(err()).isEmpty();
      assertThat(exit).as(out()).isZero();
      List<JsonNode> deployed = gateway.deployed();
      assertThat(deployed).hasSizeGreaterThan(3);
      for (JsonNode body : deployed) {
        assertThat(body.path("deploy").booleanValue()).isTrue();
        assertThat(body.path("deployTargetEnvironmentNameList")).hasToString("[\"staging\"]");
      }
      assertThat(deployed.get(0).path("httpStatusCode").intValue()).isEqualTo(503);
      assertThat(deployed.get(1).path("httpStatusCode").intValue()).isEqualTo(429);
      assertThat(deployed.get(2).path("httpStatusCode").intValue()).isEqualTo(503);
      assertPutBack(gateway);
      assertThat(out())
          .containsPattern("quiet +[0-9]+ ")
          .containsPattern("deploying +[0-9]+ ")
          .containsPattern("[0-9]+ deployments acknowledged, 0 not")
          .doesNotContain("parts of two answers")
          .doesNotContain(StubGateway.TOKEN);
      assertThat(Files.readString(report))
          .contains("\"swaps\":[", "\"windows\":[[")
          .doesNotContain(StubGateway.TOKEN);
    }
  }

  @Test
  void answerOfPartsOfTwoDeploymentsIsAnError() throws Exception {
    try (StubGateway gateway = new StubGateway(true)) {
      assertThat(deploy(gateway, StubGateway.TOKEN, "--max-errors=0")).isEqualTo(1);
      assertThat(out()).containsPattern("parts of two answers +[1-9]");
    }
  }

  @Test
  void tokenThatIsNotValidIsSaidAndNothingIsDeployed() throws Exception {
    try (StubGateway gateway = new StubGateway(false)) {
      assertThat(deploy(gateway, "another-token")).isEqualTo(1);
      assertThat(err())
          .contains("was answered 401", "Token is not valid!")
          .doesNotContain("another-token");
      assertThat(gateway.deployed()).isEmpty();
    }
  }

  @Test
  void deploymentThatIsNotAcknowledgedIsCountedAndQuoted() throws Exception {
    try (StubGateway gateway = new StubGateway(false)) {
      gateway.refuseAfter(2);
      assertThat(deploy(gateway, StubGateway.TOKEN)).isZero();
      assertThat(out())
          .containsPattern("1 deployments acknowledged, [1-9][0-9]* not")
          .contains("a deployment was not acknowledged: PATCH " + gateway.proxyUrl())
          .contains("the proxy could not be set back to what it was");
    }
  }

  @Test
  void firstDeploymentThatIsNotAcknowledgedEndsTheRunAndIsTakenBack() throws Exception {
    try (StubGateway gateway = new StubGateway(false)) {
      gateway.refuseAfter(0);
      assertThat(deploy(gateway, StubGateway.TOKEN)).isEqualTo(1);
      assertThat(err()).contains("was saved but not deployed", "could not be set back");
      assertThat(gateway.deployed()).hasSize(2);
      assertPutBack(gateway);
    }
  }

  private static void assertPutBack(StubGateway gateway) {
    JsonNode last = gateway.deployed().get(gateway.deployed().size() - 1);
    StubGateway.initial()
        .properties()
        .forEach(field -> assertThat(last.path(field.getKey())).isEqualTo(field.getValue()));
  }

  private int deploy(StubGateway gateway, String token, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--url=" + gateway.url(),
                "--warmup=0s",
                "--duration=3s",
                "--rate=200",
                "--deploy-url=" + gateway.proxyUrl(),
                "--deploy-environment=staging",
                "--deploy-rate=20",
                "--deploy-window=250ms"));
    arguments.addAll(List.of(more));
    return run(Map.of("INTERMISSION_TOKEN", token), arguments.toArray(String[]::new));
  }
}

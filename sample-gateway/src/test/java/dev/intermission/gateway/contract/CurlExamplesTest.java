package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the demo tell people to type does what they say, with the real curl. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlExamplesTest {

  private final GatewayProcess gateway;

  CurlExamplesTest(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(hasCurl(), "needs curl");
    gateway = new GatewayProcess(folder, null);
  }

  private static boolean hasCurl() throws InterruptedException {
    try {
      return new ProcessBuilder("curl", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      // The program does not exist.
      return false;
    }
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  /** A command as it is documented, and what is documented to come of it. */
  private record Example(String command, String output) {}

  private String exportedToken() {
    return lines(gateway.printed(), "export ").get(0);
  }

  private String type(String command) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder("bash", "-c", exportedToken() + "\n" + command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(command).isZero();
    return output;
  }

  /** Returns the commands that begin like this, each with the lines that it goes on. */
  private static List<String> lines(String text, String start) {
    List<String> found = new ArrayList<>();
    boolean goesOn = false;
    for (String line : text.split("\n", -1)) {
      if (goesOn) {
        found.add(found.remove(found.size() - 1) + "\n" + line);
      } else if (line.startsWith(start)) {
        found.add(line);
      }
      goesOn = (goesOn || line.startsWith(start)) && line.endsWith("\\");
    }
    return found;
  }

  private List<Example> readme() throws IOException {
    String text = Files.readString(Path.of("..", "README.md"));
    String block = text.substring(text.indexOf("```console\n") + 11);
    List<Example> examples = new ArrayList<>();
    for (String example : block.substring(0, block.indexOf("```")).split("(^|\n)\\$ ", -1)) {
      if (!example.isEmpty()) {
        String[] parts = example.split("\n(?! {4})", 2);
        examples.add(new Example(parts[0], parts[1]));
      }
    }
    return examples;
  }

  private String here(String text) {
    return text.replace("localhost:8080", "127.0.0.1:" + gateway.port())
        .replace("localhost:9090", "127.0.0.1:" + gateway.adminPort());
  }

  @Test
  void readmeShowsWhatHappens() throws Exception {
    List<Example> examples = readme();
    assertThat(examples).hasSize(2);
    for (Example example : examples) {
      String output = type(here(example.command));
      assertThat(Operator.alike(output.replace("\r", "").replaceFirst("\nDate: .*", "").strip()))
          .isEqualTo(Operator.alike(example.output.strip()));
    }
  }

  /**
   * Returns the blocks of the page on closing an API: how its calls are made, and what has this.
   */
  private String maintenance(String text) throws IOException {
    String[] parts =
        Files.readString(Path.of("..", "docs", "maintenance.md")).split("```(sh)?\n", -1);
    String block = "";
    for (int i = 1; i < parts.length; i += 2) {
      block = parts[i].contains(text) ? parts[i] : block;
    }
    assertThat(block).contains(text);
    return here(parts[1]) + here(block);
  }

  @Test
  void pageOfAnotherOriginIsAllowedToReadTheAnswer() throws Exception {
    String calls = maintenance("corsAllowedOrigins");
    String close = "patch '{\"enabled\": true, \"httpStatusCode\": 503, '\"$production\"'}'\n";
    String setup = calls.substring(0, calls.indexOf("patch '{"));
    try {
      assertThat(type(setup + close + calls.substring(setup.length())).replace("\r", ""))
          .containsSubsequence(
              "HTTP/1.1 503 Service Unavailable\n",
              "Vary: Origin\n",
              "Access-Control-Allow-Origin: https://shop.example.com\n",
              "Access-Control-Expose-Headers: Retry-After, X-Correlation-Id\n",
              "HTTP/1.1 204 No Content\n",
              "Access-Control-Allow-Origin: https://shop.example.com\n",
              "Access-Control-Allow-Methods: PUT\n",
              "Access-Control-Allow-Headers: authorization\n",
              "Access-Control-Max-Age: 0\n");
    } finally {
      type(
          setup
              + "patch '{\"enabled\": false, \"httpStatusCode\": 403, \"corsAllowedOrigins\": [], '\"$production\"'}'");
    }
  }

  /** Each call of the page is accepted, and does what is said there. */
  @Test
  void partsStayOpenAndTestersComeIn() throws Exception {
    String keepOpen = maintenance("closedMethods");
    String setup = keepOpen.substring(0, keepOpen.indexOf("patch '{"));
    String orders = here("curl http://localhost:8080/api/v1/orders\n");
    String close =
        "patch '{\"enabled\": true, \"httpStatusCode\": 503, \"message\": \"closed\", '\"$production\"'}'\n";
    String readOnly = lines(keepOpen, "patch '{\"closedMethods\": [\"POST").get(0) + "\n";
    String testers =
        lines(maintenance("openToAddresses"), "patch '{\"openToAddresses").get(0) + "\n";
    try {
      assertThat(type(setup + close + readOnly + orders))
          .endsWith("\"path\":\"/api/v1/orders\"}\n");
      assertThat(type(setup + readOnly + here("curl -X POST http://localhost:8080/api/v1/orders")))
          .endsWith("closed");
      assertThat(type(keepOpen)).endsWith("\"path\":\"/api/v1/health\"}\n");
      assertThat(type(setup + orders)).isEqualTo("closed");
      assertThat(type(setup + testers + orders))
          .startsWith("{\"status\":\"SUCCESS\"")
          .endsWith("closed");
      assertThat(type(setup + testers.replace("192.0.2.0/24", "127.0.0.0/8") + orders))
          .endsWith("\"path\":\"/api/v1/orders\"}\n");
      String stages = maintenance("admitPercent");
      assertThat(type(stages + orders))
          .contains("\"success\":true")
          .doesNotContain("FAILURE")
          .endsWith("\"path\":\"/api/v1/orders\"}\n");
    } finally {
      type(
          setup
              + "patch '{\"enabled\": false, \"httpStatusCode\": 403, \"message\": \"\", \"closedMethods\": [],"
              + " \"openPaths\": [], \"openToAddresses\": [], '\"$production\"'}'");
    }
  }

  @Test
  void dryRunsShowWhatTheCallsWouldDo() throws Exception {
    assertThat(type(maintenance("dryRun=true")))
        .contains(
            "\"dryRun\":true",
            "\"request\":{\"method\":\"GET\",\"path\":\"/api/v1/orders\"}",
            "\"response\":{\"status\":503,",
            "\"reason\":\"NOT_DEPLOYED\"");
    assertThat(type(here("curl -s http://localhost:8080/api/v1/orders")))
        .startsWith("{\"upstream\":\"demo\"");
  }

  @Test
  void demoSaysWhatToTry() throws Exception {
    List<String> commands = lines(gateway.printed(), "curl ");
    assertThat(commands).hasSize(4);
    String orders = commands.get(1);
    String requests = commands.get(2);
    type(commands.get(3));
    assertThat(type(orders))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("{\"upstream\":\"demo\",\"method\":\"GET\",\"path\":\"/api/v1/orders\"}\n");

    assertThat(Operator.unadvised(Operator.alike(type(commands.get(0)))))
        .isEqualTo(DemoTest.DEPLOYED);
    String before = type(requests);
    assertThat(type(orders))
        .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
        .contains("\r\nContent-Type: application/json; charset=utf-8\r\n")
        .endsWith("\r\n\r\n{\"message\":\"Back at six\"}");
    assertThat(type(requests)).isEqualTo(before);

    assertThat(Operator.alike(type(commands.get(3)))).isEqualTo(DemoTest.DEPLOYED);
    assertThat(type(orders)).startsWith("HTTP/1.1 200 OK\r\n");
    assertThat(type(requests)).isNotEqualTo(before);
  }
}

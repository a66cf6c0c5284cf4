package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call closes many APIs of a running gateway, and another one opens them again. */
class OperationTest {

  private static final String OPERATIONS = "/apiops/projects/MyProject/maintenance-operations/";

  private final Path folder;

  OperationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static JsonNode operation(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("resultList").path(0);
  }

  private static void assertStatuses(RunningGateway gateway, int one, int other, int third)
      throws Exception {
    assertThat(gateway.call("/one").statusCode()).isEqualTo(one);
    assertThat(gateway.call("/other").statusCode()).isEqualTo(other);
    assertThat(gateway.call("/third").statusCode()).isEqualTo(third);
  }

  @Test
  void apisOfOneUpstreamAreClosedTogetherAndOpenedTogether() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder,
                RunningGateway.proxy("one", "/one", "http://127.0.0.1:1"),
                RunningGateway.proxy("other", "/other", "http://127.0.0.1:1/path"),
                RunningGateway.proxy("third", "/third", "http://localhost:1")))) {
      JsonNode made =
          operation(
              gateway.post(
                  OPERATIONS,
                  """
                  {"select":{"upstreamHosts":["127.0.0.1"]},"settings":{"enabled":true,"httpStatusCode":503},\
                  "environments":["production","staging"]}"""));

      assertStatuses(gateway, 503, 503, 502);
      assertThat(made.path("deploymentResult").path("success").asBoolean()).isTrue();
      assertThat(made.path("proxies").findValuesAsText("name")).containsExactly("one", "other");
      assertThat(made.path("proxies").findValuesAsText("environmentName"))
          .containsExactly("production", "production");

      operation(gateway.post(OPERATIONS + made.path("id").asText() + "/undo/", "{}"));
      assertStatuses(gateway, 502, 502, 502);
    }
  }
}

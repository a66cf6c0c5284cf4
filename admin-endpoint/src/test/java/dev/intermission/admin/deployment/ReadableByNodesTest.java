package dev.intermission.admin.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.TestCatalog;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.NodeReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As if two more formats of settings existed. */
class ReadableByNodesTest extends AdminTest {

  private static final List<DeploymentRequest> BOTH =
      List.of(DeploymentRequest.to("staging"), DeploymentRequest.to("production"));

  private Map<String, Integer> used = Map.of();

  @BeforeEach
  void setUp() {
    used = new LinkedHashMap<>();
    used.put("enabled", 1);
    used.put("retryAfterSeconds", 2);
    used.put("endsAt", 3);
  }

  private void report(String node, int format) {
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("production", node, 1, "10.0.0.1", "test", format, null)));
  }

  private ReadableByNodes readable() {
    return new ReadableByNodes(server.feed);
  }

  private String refusal() {
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> readable().require(TestCatalog.MY_API, used, BOTH));
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void aNodeThatDoesNotKnowAFieldIsNamedWithTheField() {
    report("new", 3);
    report("older", 2);
    assertThat(refusal())
        .isEqualTo(
            "ApiProxy with name (MyAPI) can not be deployed to Environment(production) because older run an older version, which does not know endsAt; nothing was saved. Update them, or leave these fields out.");
    report("oldest", 1);
    assertThat(refusal()).contains("older, oldest run", "know retryAfterSeconds, endsAt;");
  }

  @Test
  void ofManyNodesTheFirstAreNamed() {
    IntStream.range(10, 30).forEach(i -> report("node-" + i, 1));
    assertThat(refusal()).contains("node-10, ", ", node-19 and 10 more run");
  }

  @Test
  void nodesThatKnowAllTakeIt() {
    report("new", 3);
    report("newer", 4);
    assertThatCode(() -> readable().require(TestCatalog.MY_API, used, BOTH))
        .doesNotThrowAnyException();
  }

  @Test
  void whatNoNewFieldIsUsedForGoesToEachNode() {
    report("oldest", 1);
    assertThatCode(
            () -> {
              readable().require(TestCatalog.MY_API, Map.of("enabled", 1), BOTH);
              readable()
                  .require(TestCatalog.MY_API, server.saved(TestCatalog.MY_API).settings(), BOTH);
            })
        .doesNotThrowAnyException();
  }
}

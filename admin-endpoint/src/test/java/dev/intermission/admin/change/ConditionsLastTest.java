package dev.intermission.admin.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.api.store.NodeReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A changing call that fails without its condition fails in the same way with it. */
class ConditionsLastTest extends AdminTest {

  /** What is saved can't be read by the gateway of staging. */
  @BeforeEach
  void deployBeforeAnOldGatewayComes() {
    server
        .store
        .nodes()
        .report(List.of(new NodeReport("staging", "old", 1, "10.0.0.1", "test", 1, null)));
  }

  private Http.Answer call(String method, String path, String json, String condition)
      throws IOException {
    Http request = Http.request(method, PROXY + path).token(server.token("admin"));
    if (!condition.isEmpty()) {
      request = request.with("If-Match", condition);
    }
    return send(json.isEmpty() ? request : request.json(json));
  }

  private void assertFailsAsWithout(String method, String path, String json) throws IOException {
    Http.Answer without = call(method, path, json, "");
    assertThat(without.status()).as(without.body()).isEqualTo(400);
    Http.Answer with = call(method, path, json, "\"99\"");
    assertThat(with.status()).as(with.body()).isEqualTo(400);
    assertThat(with.body()).isEqualTo(without.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH|settings/maintenance-mode/|{\"enabled\":true,\"httpStatusCode\":99}",
        "PATCH|settings/maintenance-mode/|{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"nowhere\"]}",
        "PATCH|settings/maintenance-mode/?dryRun=true|{\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"nowhere\"]}",
        "PATCH|settings/trace/|{\"enableTraceLog\":true}",
        "PATCH|settings/trace/|{\"environmentName\":\"nowhere\"}",
        "PATCH|settings/trace/|{\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"nowhere\"]}",
        "POST|environments/nowhere/|''",
        "DELETE|environments/nowhere/|''",
        "DELETE|environments/staging/|''",
        "POST|deploy-histories/9/rollback/|''",
        "POST|deploy-histories/1/rollback/?environmentName=nowhere|''",
        "DELETE|deploy-histories/9/|''",
        "POST|settings/maintenance-mode/bypass-tokens/|{\"lifetime\":1}",
        "DELETE|settings/maintenance-mode/bypass-tokens/none/|''",
        "DELETE|traces/|{}",
        "PUT|trafficLogSettings/nowhere/|{}",
        "PUT|trafficLogSettings/production/connectors/none/methodOverride/?methodName=GET|{}",
        "DELETE|trafficLogSettings/production/connectors/none/methodOverride/?methodName=GET|''",
        "PATCH|settings/traffic-log/|{\"apiProxyTrafficLogSettingsList\":[{\"environmentName\":\"production\"},{\"environmentName\":\"staging\",\"enableKafkaConnector\":true}]}"
      })
  void whatIsWrongIsToldFirst(String method, String path, String json) throws Exception {
    assertFailsAsWithout(method, path, json);
    assertNothingSaved();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH|settings/maintenance-mode/|{\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]}",
        "PATCH|settings/trace/|{\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]}",
        "POST|environments/staging/|''",
        "POST|environments/staging/?dryRun=true|''"
      })
  void soIsAGatewayThatCanNotReadWhatIsSaved(String method, String path, String json)
      throws Exception {
    patch("{\"startsAt\":\"2026-08-01T10:00:00Z\"}");
    assertFailsAsWithout(method, path, json);
  }

  @Test
  void aRollbackToWhatAGatewayCanNotReadIsOne() throws Exception {
    patch(
        "{\"startsAt\":\"2026-08-01T10:00:00Z\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
    assertFailsAsWithout("POST", "deploy-histories/2/rollback/?environmentName=staging", "");
  }
}

package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the traffic log, with the connections that a configuration names. */
class TrafficLogSettingsTest {

  private static final String LOG =
      "/apiops/projects/MyProject/apiProxies/MyAPI/trafficLogSettings/production/";

  @TempDir private Path folder;

  private GatewayConfig config() {
    LogTarget file = new LogTarget.RollingFile(folder.resolve("traffic.log"), 1, 1, 1);
    LogTarget another = new LogTarget.RollingFile(folder.resolve("staging.log"), 1, 1, 1);
    return RunningGateway.logging(
        new LogConfig(
            LogConfig.OFF,
            List.of(
                new LogConnection("access-log", Set.of(), file),
                new LogConnection("elsewhere", Set.of("staging"), another))),
        RunningGateway.config(
            folder.resolve("data"), RunningGateway.proxy("MyAPI", "/api", "http://127.0.0.1:1/")));
  }

  @Test
  void connectionsOfTheConfigurationAreTakenAndSettingsAreKept() throws Exception {
    String body =
        """
        {"connectorSettingsMap":{"access-log":{"enabled":true,"privacyDefinitionList":[
          {"patternType":"REGEX","regexPattern":"[0-9]{6}","operation":"HASH"}]}}}""";
    String saved;
    try (RunningGateway gateway = RunningGateway.start(config())) {
      HttpResponse<String> answer = gateway.put(LOG, body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("\"connectorLabelByKey\":{\"access-log\":\"access-log (LOGBACK_APPEND)\"}")
          .doesNotContain("warnings");
      saved = gateway.get(LOG, RunningGateway.ADMIN_TOKEN).body();
      assertThat(saved).isEqualTo(answer.body());
    }
    try (RunningGateway gateway = RunningGateway.start(config())) {
      assertThat(gateway.get(LOG, RunningGateway.ADMIN_TOKEN).body()).isEqualTo(saved);
    }
  }

  @Test
  void whatTheGatewayCanNotServeIsRefused() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(config())) {
      assertThat(gateway.put(LOG, "{\"connectorSettingsMap\":{\"elsewhere\":{}}}").body())
          .contains("Connection with name 'elsewhere' not found in the environment!");
      HttpResponse<String> answer =
          gateway.put(
              LOG,
              """
              {"connectorSettingsMap":{"access-log":{"privacyDefinitionList":[
                {"patternType":"REGEX","regexPattern":"(?<=a)b","operation":"HASH"}]}}}""");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("has the regexPattern '(?<=a)b', which ");
      assertThat(gateway.get(LOG, RunningGateway.ADMIN_TOKEN).body())
          .isEqualTo("{\"status\":\"SUCCESS\",\"resultList\":[],\"resultCount\":0}");
    }
  }
}

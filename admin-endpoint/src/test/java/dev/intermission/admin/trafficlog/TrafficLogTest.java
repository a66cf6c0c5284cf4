package dev.intermission.admin.trafficlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls about traffic logs, and what they leave alone. */
class TrafficLogTest extends AdminTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = PROXY + "trafficLogSettings/";
  private static final String LOG = ALL + "production/";
  private static final String OLDER = PROXY + "settings/traffic-log/";
  private static final String SUCCESS = "{\"status\":\"SUCCESS\"}";
  private static final String NONE = "{\"status\":\"SUCCESS\",\"resultList\":[],\"resultCount\":0}";

  /**
   * A file in production, two webhooks in staging; a regular expression may have no look-behind.
   */
  private static final class Connections implements LogConnections {

    @Override
    public Map<String, String> in(String environment) {
      return switch (environment) {
        case "production" -> Map.of("file", "LOGBACK_APPEND", "out", "STANDARD_OUTPUT");
        case "staging" -> Map.of("hook-1", "WEBHOOK_SEND", "hook-2", "WEBHOOK_SEND");
        default -> Map.of();
      };
    }

    @Override
    public @Nullable String faultOf(String regularExpression) {
      return regularExpression.contains("(?<") ? "has a look-behind" : null;
    }
  }

  @Override
  public AdminOptions options() {
    return AdminOptions.DEFAULTS.withLogConnections(new Connections());
  }

  private Http.Answer put(String target, String json) throws IOException {
    return send(Http.request("PUT", target).token(server.token("operator")).json(json));
  }

  private Http.Answer patchOlder(String json) throws IOException {
    return send(Http.request("PATCH", OLDER).token(server.token("operator")).json(json));
  }

  private static String override(String connector, String method) {
    return LOG + "connectors/" + connector + "/methodOverride/?methodName=" + method;
  }

  private TrafficLogSettings saved(String environment) {
    return Objects.requireNonNull(
            server.store.settings().trafficLogs(TestCatalog.MY_API).get(environment))
        .settings();
  }

  private static JsonNode entry(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("resultList").path(0);
  }

  private void assertNothing() {
    assertThat(server.store.settings().trafficLogs(TestCatalog.MY_API)).isEmpty();
    assertThat(server.store.settings().version("production")).isEqualTo(1);
  }

  @Test
  void nothingIsSavedAtFirst() throws Exception {
    assertThat(get(ALL).body()).isEqualTo(NONE);
    assertThat(get(LOG).body()).isEqualTo(NONE);
    assertThat(get(LOG).field("ETag")).isEqualTo("\"0\"");
  }

  @Test
  void anEmptyPutMakesTheSettingsWithTheirDefaultsAndPublishesThemAlone() throws Exception {
    Http.Answer answer = put(LOG, "{}");
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"resultList\":[{"
                + JSON.readTree(answer.body()).path("resultList").path(0).toString().substring(1)
                + "],\"resultCount\":1}");
    JsonNode entry = entry(answer);
    assertThat(entry.path("environmentId").asText()).isEqualTo("production");
    assertThat(entry.path("connectorSettingsMap").toString()).isEqualTo("{}");
    assertThat(entry.path("methodOverrideList").toString()).isEqualTo("[]");
    assertThat(entry.path("connectorLabelByKey").toString())
        .isEqualTo("{\"file\":\"file (LOGBACK_APPEND)\",\"out\":\"out (STANDARD_OUTPUT)\"}");
    for (LogPart part : LogPart.values()) {
      assertThat(entry.path(part.field()).isBoolean()).isTrue();
      assertThat(entry.path(part.field()).asBoolean())
          .as(part.field())
          .isEqualTo(part.kind() != LogPart.Kind.BODY);
    }
    assertThat(answer.field("ETag")).isEqualTo("\"1\"");
    assertThat(get(LOG).body()).isEqualTo(answer.body());
    assertThat(get(ALL).body()).isEqualTo(answer.body());
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(UNTOUCHED);
    assertThat(server.store.settings().version("production")).isEqualTo(2);
    assertThat(server.store.history().deployments(TestCatalog.MY_API)).hasSize(1);
  }

  @Test
  void whatIsAbsentOrNullIsKeptAndAnAnswerCanBeSentBack() throws Exception {
    put(
        LOG,
        """
        {"logBodyRequestFromClient":true,
         "connectorSettingsMap":{"file":{"enabled":true,"sizeBodyToClient":0,
           "privacyDefinitionList":[{"elementName":"password","operation":"MASK"}]}},
         "methodOverrideList":[{"apiMethodName":"/*","connectorSettingsMap":{"file":{}}}]}
        """);
    TrafficLogSettings before = saved("production");
    put(LOG, "{\"logParamRequestFromClient\":false,\"logBodyRequestFromClient\":null}");
    assertThat(saved("production").connectors()).isEqualTo(before.connectors());
    assertThat(saved("production").parts())
        .contains(LogPart.BODY_REQUEST_FROM_CLIENT)
        .doesNotContain(LogPart.PARAM_REQUEST_FROM_CLIENT);
    TrafficLogSettings saved = saved("production");
    Http.Answer read = get(LOG);
    Http.Answer again = put(LOG, entry(read).toString());
    assertThat(again.body()).isEqualTo(read.body());
    assertThat(again.field("ETag")).isEqualTo("\"2\"");
    assertThat(saved("production")).isEqualTo(saved);
    put(LOG, "{\"connectorSettingsMap\":{},\"methodOverrideList\":[]}");
    assertThat(saved("production").connections()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"connectorSettingsMap\":{\"nil\":{}}} | Connection with name 'nil' not found in the environment!",
        "{\"connectorSettingsMap\":{\"KAFKA_SEND\":{}}} | Connection with name 'KAFKA_SEND' not found in the environment!",
        "{\"methodOverrideList\":[{\"apiMethodName\":\"/pets\",\"connectorSettingsMap\":{}}]} | Method (/pets) is not found in ApiProxy!",
        "{\"methodOverrideList\":[{\"apiMethodName\":\"GET\",\"connectorSettingsMap\":{\"x\":{}}}]} | Connection with name 'x' not found in the environment!",
      })
  void aNameThatIsNotKnownIsRefused(String body, String text) throws Exception {
    assertRefused(put(LOG, body), 400, "bad_request", text);
    assertNothing();
  }

  @Test
  void allFaultsOfABodyAreTold() throws Exception {
    assertThat(
            faults(
                put(
                    LOG,
                    """
                    {"logBodyRequestFromClient":"yes","x":1,"connectorSettingsMap":{"file":{
                      "sizeBodyToClient":65537,"enabled":1,"y":2,
                      "privacyDefinitionList":[{"elementName":"a","operation":"ENCRYPT"},{"operation":"MASK"}]}}}
                    """)))
        .hasSize(6)
        .anyMatch(fault -> fault.startsWith("logBodyRequestFromClient: is the string \"yes\""))
        .anyMatch(fault -> fault.startsWith("x: is not a field of this request"))
        .anyMatch(
            fault ->
                fault.contains(
                    "has a member \"file\" whose sizeBodyToClient is 65537; allowed are 0 to 65536"))
        .anyMatch(fault -> fault.contains("whose enabled is the number 1"))
        .anyMatch(fault -> fault.contains("that has the field y; allowed are enabled"))
        .anyMatch(
            fault ->
                fault.contains("operation is ENCRYPT, which is not supported")
                    && fault.contains("needs the field elementName"));
    assertNothing();
  }

  @Test
  void anExpressionThatTheLogCanNotUseIsRefused() throws Exception {
    assertThat(
            faults(
                put(
                    LOG,
                    """
                    {"connectorSettingsMap":{"file":{"privacyDefinitionList":[
                      {"patternType":"REGEX","regexPattern":"(?<=a)b","operation":"DELETE"}]}}}
                    """)))
        .containsExactly(
            "privacyDefinitionList: has the regexPattern '(?<=a)b', which has a look-behind");
    assertNothing();
  }

  @Test
  void privacyDefinitionsThatAClientDoesNotKnowAreKeptUntilTheyAreRemoved() throws Exception {
    String pin = "{\"privacyDefinitionList\":[{\"elementName\":\"pin\",\"operation\":\"MASK\"}]}";
    String without =
        """
        {"connectorSettingsMap":{"file":{"enabled":true}},"methodOverrideList":[
          {"apiMethodName":"GET","connectorSettingsMap":{"file":{"logBodyRequestFromClient":true}}}]}""";
    put(LOG, "{\"connectorSettingsMap\":{\"file\":" + pin + "}}");
    put(override("file", "GET"), pin);
    put(LOG, without);
    assertThat(saved("production").privacyDefinitions()).hasSize(2);
    put(override("file", "GET"), "{\"enabled\":null}");
    assertThat(saved("production").privacyDefinitions()).hasSize(2);
    put(override("file", "GET"), "{\"privacyDefinitionList\":[]}");
    assertThat(saved("production").privacyDefinitions()).hasSize(1);
    put(LOG, without.replace("\"enabled\":true", "\"privacyDefinitionList\":[]"));
    assertThat(saved("production").privacyDefinitions()).isEmpty();
  }

  @Test
  void anOverrideIsNeverLessPrivateBecauseItsConnectionGoesOrAListIsEmptied() throws Exception {
    String pin = "\"privacyDefinitionList\":[{\"elementName\":\"pin\",\"operation\":\"MASK\"}]";
    put(LOG, "{\"connectorSettingsMap\":{\"file\":{" + pin + "}}}");
    put(override("file", "GET"), "{\"enabled\":true," + pin.replace("pin", "pan") + "}");
    put(override("file", "GET"), "{\"enabled\":true,\"privacyDefinitionList\":[]}");
    assertThat(names(saved("production"), "GET")).containsExactly("pin");
    put(LOG, "{\"connectorSettingsMap\":{}}");
    assertThat(names(saved("production"), "GET")).containsExactly("pin");
  }

  private static List<String> names(TrafficLogSettings settings, String method) {
    return Objects.requireNonNull(settings.inForce("file", method)).privacy().stream()
        .map(PrivacyDefinition::elementName)
        .map(Objects::requireNonNull)
        .toList();
  }

  @Test
  void nullsOfAClientThatSendsAllFieldsAreAsIfTheyWereAbsent() throws Exception {
    Http.Answer answer =
        put(
            LOG,
            """
            {"connectorSettingsMap":{"file":null},"methodOverrideList":[
              {"apiMethodId":null,"apiMethodName":"GET","connectorSettingsMap":null}]}""");
    assertThat(entry(answer).path("connectorSettingsMap").toString()).isEqualTo("{\"file\":{}}");
    assertThat(saved("production").inForce("file", "GET")).isNull();
  }

  @Test
  void theOlderCallSwitchesAConnectionOffForSingleMethodsToo() throws Exception {
    put(LOG, "{}");
    put(override("file", "GET"), "{\"enabled\":true}");
    assertThat(saved("production").inForce("file", "GET")).isNotNull();
    String patch =
        "{\"apiProxyTrafficLogSettingsList\":[{\"environmentName\":\"production\",\"enableLogbackConnector\":%s}]}";
    patchOlder(patch.formatted(false));
    assertThat(saved("production").inForce("file", "GET")).isNull();
    patchOlder(patch.formatted(true));
    assertThat(saved("production").inForce("file", "GET")).isNotNull();
    assertThat(saved("production").inForce("file", "POST")).isNotNull();
  }

  @Test
  void theOlderCallTellsTheFaultsOfAllEnvironments() throws Exception {
    assertThat(
            faults(
                patchOlder(
                    """
                    {"apiProxyTrafficLogSettingsList":[{"environmentName":"production","a":1},
                      {"environmentName":"staging","b":1}]}""")))
        .hasSize(2);
  }

  @Test
  void textsThatCanNotBeStoredAreRefused() throws Exception {
    for (String field : List.of("name", "elementName", "maskPattern")) {
      String definition =
          "{\"elementName\":\"pin\",\"operation\":\"MASK\"}"
              .replace("{", "{\"" + field + "\":\"a\\ud800\",")
              .replace(field.equals("elementName") ? "\"elementName\":\"pin\"," : "nothing", "");
      assertThat(
              faults(
                  put(override("file", "GET"), "{\"privacyDefinitionList\":[" + definition + "]}")))
          .as(field)
          .singleElement()
          .asString()
          .contains("has a lone surrogate in " + field);
    }
  }

  @Test
  void moreThanASnapshotShouldCarryIsRefusedWhicheverCallAsksForIt() throws Exception {
    String definitions =
        "\"privacyDefinitionList\":["
            + "{\"elementName\":\"a\",\"operation\":\"DELETE\"},".repeat(99)
            + "{\"elementName\":\"a\",\"operation\":\"DELETE\"}]";
    put(LOG, "{}");
    assertThat(
            faults(
                put(
                    override("file", "GET"),
                    "{"
                        + definitions.replace(
                            "[", "[{\"elementName\":\"a\",\"operation\":\"DELETE\"},")
                        + "}")))
        .containsExactly(": What would be saved has 101 privacy definitions, allowed are 100");
    for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH")) {
      assertThat(put(override("file", method), "{" + definitions + "}").status()).isEqualTo(200);
    }
    String fault = ": What would be saved has 600 privacy definitions in all, allowed are 500";
    assertThat(faults(put(override("file", "ALL"), "{" + definitions + "}")))
        .containsExactly(fault);
    assertThat(faults(put(LOG, "{\"connectorSettingsMap\":{\"out\":{" + definitions + "}}}")))
        .containsExactly(fault);
    assertThat(saved("production").privacyDefinitions()).hasSize(500);
  }

  @Test
  void anOverrideIsSetReplacedAndDeleted() throws Exception {
    assertRefused(
        put(override("file", "GET"), "{}"),
        400,
        "bad_request",
        "Traffic log settings not found for this API proxy and environment. Please save the log settings first before adding method-level overrides.");
    assertThat(delete(override("file", "GET")).body()).isEqualTo(SUCCESS);
    assertNothing();
    put(LOG, "{}");
    assertThat(put(override("LOGBACK_APPEND", "GET"), "{\"enabled\":true}").body())
        .isEqualTo(SUCCESS);
    assertThat(saved("production").inForce("file", "GET")).isNotNull();
    assertThat(saved("production").inForce("file", "POST")).isNull();
    assertThat(put(override("file", "GET"), "{\"enableMetrics\":false}").body()).isEqualTo(SUCCESS);
    assertThat(saved("production").inForce("file", "GET")).isNull();
    assertThat(put(override("file", "%2F*"), "{\"enabled\":true}").body()).isEqualTo(SUCCESS);
    assertThat(saved("production").inForce("file", "POST")).isNotNull();
    assertThat(delete(override("file", "ALL")).body()).isEqualTo(SUCCESS);
    assertThat(delete(override("file", "GET")).body()).isEqualTo(SUCCESS);
    assertThat(delete(override("file", "GET")).body()).isEqualTo(SUCCESS);
    assertThat(saved("production")).isEqualTo(TrafficLogSettings.DEFAULT);
  }

  @Test
  void anOverrideOfWhatIsNotThereIsRefused() throws Exception {
    put(LOG, "{}");
    assertRefused(
        put(override("KAFKA_SEND", "GET"), "{}"),
        400,
        "bad_request",
        "Invalid connectorType: KAFKA_SEND");
    assertRefused(delete(override("nil", "GET")), 400, "bad_request", "Invalid connectorType: nil");
    assertRefused(
        put(override("WEBHOOK_SEND", "GET"), "{}"),
        400,
        "bad_request",
        "Connection with name 'WEBHOOK_SEND' not found in the environment!");
    assertRefused(
        put(override("file", "get"), "{}"),
        400,
        "bad_request",
        "Method (get) is not found in ApiProxy!");
    assertThat(put(LOG + "connectors/file/methodOverride/", "{}").status()).isEqualTo(400);
    put(ALL + "staging/", "{}");
    assertThat(
            put(ALL + "staging/connectors/WEBHOOK_SEND/methodOverride/?methodName=GET", "{}")
                .body())
        .contains(
            "There are several connections of the type WEBHOOK_SEND in the environment staging; name one of them: hook-1, hook-2");
  }

  @Test
  void anUnknownEnvironmentOrProxyIsRefused() throws Exception {
    String text = "Environment (nowhere) is not found!";
    assertRefused(get(ALL + "nowhere/"), 400, "bad_request", text);
    assertRefused(put(ALL + "nowhere/", "{}"), 400, "bad_request", text);
    assertRefused(get(ALL + "%20/"), 400, "bad_request", "environmentName value can not be empty!");
    assertRefused(
        patchOlder("{\"apiProxyTrafficLogSettingsList\":[{\"environmentName\":\"nowhere\"}]}"),
        400,
        "bad_request",
        text);
    for (String item : new String[] {"{}", "{\"environmentName\":\"\"}"}) {
      assertRefused(
          patchOlder("{\"apiProxyTrafficLogSettingsList\":[" + item + "]}"),
          400,
          "bad_request",
          "environmentName value can not be empty!");
    }
    assertRefused(
        get(PROXIES + "Nothing/trafficLogSettings/"),
        400,
        "bad_request",
        "ApiProxy (name: Nothing) was not found!");
  }

  @Test
  void theOlderCallChangesAllEnvironmentsOrNone() throws Exception {
    assertThat(
            patchOlder(
                    """
                    {"enabledTraceLog":false,"apiProxyTrafficLogSettingsList":[
                      {"environmentName":"production","logBodyRequestFromClient":true,
                       "enableLogbackConnector":true,"enableKafkaConnector":false},
                      {"environmentName":"staging","enableWebhookConnector":false}]}
                    """)
                .body())
        .isEqualTo("{\"status\":\"SUCCESS\",\"success\":true}");
    assertThat(saved("production").inForce("file", "GET")).isNotNull();
    assertThat(saved("production").parts()).contains(LogPart.BODY_REQUEST_FROM_CLIENT);
    assertThat(saved("staging")).isEqualTo(TrafficLogSettings.DEFAULT);
    TrafficLogSettings before = saved("production");
    assertRefused(
        patchOlder(
            """
            {"apiProxyTrafficLogSettingsList":[
              {"environmentName":"production","enableLogbackConnector":false},
              {"environmentName":"staging","enableKafkaConnector":true}]}
            """),
        400,
        "bad_request",
        "Invalid connectorType: KAFKA_SEND");
    assertThat(saved("production")).isEqualTo(before);
    patchOlder(
        "{\"apiProxyTrafficLogSettingsList\":[{\"environmentName\":\"production\",\"enableLogbackConnector\":false}]}");
    assertThat(saved("production").inForce("file", "GET")).isNull();
    assertThat(patchOlder("{\"enabledTraceLog\":true}").body())
        .contains("\"success\":true,\"warnings\":[{\"code\":\"NO_SUCH_LOG\"");
  }

  @Test
  void bothRightsAreNeededForAChangeAndAnyForARead() throws Exception {
    for (String target : new String[] {LOG, override("file", "GET")}) {
      assertRefused(
          send(Http.request("PUT", target).token(server.token("viewer")).json("{}")),
          400,
          "bad_request",
          "User does not have required permission for this operation!");
      assertRefused(
          send(Http.request("PUT", target).token(server.token("manager")).json("{}")),
          400,
          "bad_request",
          "User does not have required permission to deploy/undeploy API Proxy!");
    }
    assertThat(send(Http.request("GET", LOG).token(server.token("viewer"))).status())
        .isEqualTo(200);
    assertNothing();
  }

  @Test
  void aConditionIsOnTheSettingsOfTheTrafficLog() throws Exception {
    Http request = Http.request("PUT", LOG).token(server.token("operator"));
    assertThat(send(request.with("If-Match", "\"1\"").json("{}")).status()).isEqualTo(412);
    assertNothing();
    assertThat(
            send(Http.request("PUT", LOG)
                    .token(server.token("operator"))
                    .with("If-Match", "\"0\"")
                    .json("{}"))
                .status())
        .isEqualTo(200);
    assertThat(
            send(Http.request("GET", LOG)
                    .token(server.token("operator"))
                    .with("If-None-Match", "\"1\""))
                .status())
        .isEqualTo(304);
  }

  @Test
  void aChangeIsInTheAuditWithWhatWasBefore() throws Exception {
    put(LOG, "{}");
    put(LOG, "{\"logBodyResponseToClient\":true}");
    JsonNode newest = entry(get(PROXY + "audit/?limit=1"));
    assertThat(newest.path("action").asText()).isEqualTo("TRAFFIC_LOG_CHANGED");
    assertThat(newest.path("environment").asText()).isEqualTo("production");
    assertThat(newest.path("username").asText()).isEqualTo("operator");
    assertThat(newest.path("before").isNull()).isTrue();
    JsonNode change = newest.path("trafficLog");
    assertThat(change.at("/before/logBodyResponseToClient").asBoolean(true)).isFalse();
    assertThat(change.at("/after/logBodyResponseToClient").asBoolean()).isTrue();
  }
}

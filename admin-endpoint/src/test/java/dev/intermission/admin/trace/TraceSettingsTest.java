package dev.intermission.admin.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.Moment;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.trace.TraceSettings;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of the trace settings, who may change them, and what is refused. */
class TraceSettingsTest extends AdminTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACE = PROXY + "settings/trace/";
  private static final String ON = "{\"enableTraceLog\":true,\"environmentName\":\"production\"}";
  private static final String FIELDS =
      "enableTraceLog, startTime, stopTime, environmentName, deploy, deployTargetEnvironmentNameList";

  private Http.Answer trace(String json) throws IOException {
    return traceAs("operator", json);
  }

  private Http.Answer traceAs(String user, String json) throws IOException {
    return send(Http.request("PATCH", TRACE).token(server.token(user)).json(json));
  }

  private ProxyTrace saved() {
    return server.store.settings().trace(TestCatalog.MY_API).orElseThrow();
  }

  private void assertSaved(TraceSettings settings) {
    assertThat(saved().saved().settings()).isEqualTo(settings);
  }

  private void assertNotSaved() {
    assertThat(saved().saved()).isEqualTo(SavedTrace.NONE);
    assertNothingSaved();
  }

  private static JsonNode result(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("resultList").path(0);
  }

  private static TraceSettings on(String start, String stop) {
    return new TraceSettings(true, Moment.parse(start), Moment.parse(stop), "production");
  }

  @Test
  void nothingIsSavedAtFirst() throws Exception {
    Http.Answer answer = get(TRACE);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"SUCCESS","success":true,"resultList":[{"enableTraceLog":false,"startTime":null,"stopTime":null,\
            "environmentName":null,"redeployRequired":false,"inForce":[]}],"resultCount":1}""");
    assertThat(answer.field("ETag")).isEqualTo("\"0\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"enableTraceLog\":true,\"startTime\":\"2026-07-01T12:00:00+02:00\",\"stopTime\":\"2026-07-02T10:00:00Z\",\"environmentName\":\"production\"}",
        "{\"logApiProxy\":{\"enableTraceLog\":true,\"startTime\":\"2026-07-01T12:00:00+02:00\",\"stopTime\":\"2026-07-02T10:00:00Z\",\"environmentName\":\"production\"}}",
        "{\"logApiProxy\":{\"enableTraceLog\":true,\"startTime\":null,\"stopTime\":\"2026-07-02T10:00:00Z\"},\"startTime\":\"2026-07-01T12:00:00+02:00\",\"environmentName\":\"production\",\"stopTime\":null}",
        "{\"logApiProxy\":{\"enableTraceLog\":true,\"startTime\":\"2026-07-01T12:00:00+02:00\",\"deploy\":false},\"enableTraceLog\":true,\"startTime\":\"2026-07-01T12:00:00+02:00\",\"stopTime\":\"2026-07-02T10:00:00Z\",\"environmentName\":\"production\",\"deploy\":false}",
        "{\"logApiProxy\":null,\"enableTraceLog\":true,\"startTime\":\"2026-07-01T12:00:00+02:00\",\"stopTime\":\"2026-07-02T10:00:00Z\",\"environmentName\":\"production\",\"deployTargetEnvironmentNameList\":null}"
      })
  void eachFormIsTakenAndTimesAreKeptAsTheyWereWritten(String body) throws Exception {
    Http.Answer answer = trace(body);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"SUCCESS","success":true,"warnings":[{"code":"TRACE_NOT_DEPLOYED",\
            "message":"Recording is switched on, and is not deployed in production by this call; it begins with the next deployment there."}]}""");
    assertThat(answer.field("ETag")).isEqualTo("\"1\"");
    // Exactly 24 hours are allowed.
    assertSaved(on("2026-07-01T12:00:00+02:00", "2026-07-02T10:00:00Z"));
    assertThat(get(TRACE).field("ETag")).isEqualTo("\"1\"");
    assertThat(result(get(TRACE)).toString())
        .isEqualTo(
            """
            {"enableTraceLog":true,"startTime":"2026-07-01T12:00:00+02:00","stopTime":"2026-07-02T10:00:00Z",\
            "environmentName":"production","redeployRequired":true,"inForce":[]}""");
    assertNothingSaved();
  }

  @Test
  void whatIsAbsentOrNullIsKept() throws Exception {
    trace(
        "{\"enableTraceLog\":true,\"environmentName\":\"production\",\"startTime\":\"2026-07-01T10:00:00Z\",\"stopTime\":\"2026-07-01T11:00:00Z\"}");
    trace("{}");
    trace(
        "{\"logApiProxy\":{},\"startTime\":null,\"stopTime\":null,\"environmentName\":null,\"enableTraceLog\":null,\"deploy\":null}");
    assertThat(saved().saved())
        .isEqualTo(new SavedTrace(on("2026-07-01T10:00:00Z", "2026-07-01T11:00:00Z"), 1));
    trace("{\"stopTime\":\"2026-07-01T10:00:01Z\"}");
    assertSaved(on("2026-07-01T10:00:00Z", "2026-07-01T10:00:01Z"));
    trace("{\"logApiProxy\":{\"enableTraceLog\":false}}");
    assertSaved(
        new TraceSettings(
            false,
            Moment.parse("2026-07-01T10:00:00Z"),
            Moment.parse("2026-07-01T10:00:01Z"),
            "production"));
    assertThat(get(TRACE).field("ETag")).isEqualTo("\"3\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // One second too long, no length at all, and none the right way round.
        "\"startTime\":\"2026-07-01T10:00:00Z\",\"stopTime\":\"2026-07-02T10:00:01Z\" | stopTime: is 2026-07-02T10:00:01Z; allowed is a time later than startTime, 2026-07-01T10:00:00Z, and at most 24 hours after it",
        "\"startTime\":\"2026-07-01T10:00:00Z\",\"stopTime\":\"2026-07-01T12:00:00+02:00\" | stopTime: is 2026-07-01T12:00:00+02:00; allowed is a time later than startTime, 2026-07-01T10:00:00Z, and at most 24 hours after it",
        "\"startTime\":\"2026-07-01T10:00:00Z\",\"stopTime\":\"2026-07-01T09:00:00Z\" | stopTime: is 2026-07-01T09:00:00Z; allowed is a time later than startTime, 2026-07-01T10:00:00Z, and at most 24 hours after it",
        "\"enableTraceLog\":true | environmentName: is missing; while enableTraceLog is true, the name of one environment is required",
        "\"startTime\":\"2026-07-01T10:00:00\" | startTime: is no date and time with an offset; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00 (line 1, column 14)",
        "\"stopTime\":1782900000 | stopTime: is the number 1782900000; allowed is a string (line 1, column 13)",
        "\"enableTraceLog\":\"true\" | enableTraceLog: is the string \"true\"; allowed is a boolean, true or false (line 1, column 19)",
        "\"environmentName\":[\"production\"] | environmentName: is an array; allowed is a string (line 1, column 20)",
        "\"logApiProxy\":[] | logApiProxy: is an array; allowed is an object (line 1, column 16)",
        "\"deploy\":true | deployTargetEnvironmentNameList: is missing; allowed with deploy=true are the names of one or more environments",
        "\"deploy\":true,\"deployTargetEnvironmentNameList\":[] | deployTargetEnvironmentNameList: is empty; allowed with deploy=true are the names of one or more environments (line 1, column 50)",
        "\"deploy\":true,\"deployTargetEnvironmentNameList\":[7] | deployTargetEnvironmentNameList: has an element that is the number 7; allowed are strings (line 1, column 51)"
      })
  void whatIsNotAllowedIsNamedInBothForms(String fields, String fault) throws Exception {
    assertThat(faults(trace("{" + fields + "}"))).containsExactly(fault);
    if (!fields.contains("logApiProxy")) {
      // What is wrong with one field has its place in the text; a rule between fields has none.
      assertThat(faults(trace("{\"logApiProxy\":{" + fields + "}}")))
          .hasSize(1)
          .allMatch(it -> it.contains(fault.replaceFirst(" \\(line.*", "")));
    }
    assertNotSaved();
  }

  @Test
  void everyFaultIsToldAtOnce() throws Exception {
    assertThat(
            faults(
                trace(
                    """
                    {"enableTraceLog":true,"startTime":"soon","deploy":true,"enabled":true,
                     "enableTraceLog":false,"stopTime":"2026-07-01T10:00:00Z",
                     "logApiProxy":{"stopTime":"2026-07-01T11:00:00Z","startTime":7,"deployed":true,"logApiProxy":{}}}
                    """)))
        .containsExactly(
            "enableTraceLog: is there more than once (line 2, column 19)",
            "startTime: is no date and time with an offset; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00 (line 1, column 36)",
            "stopTime: has another value in logApiProxy; allowed is one value (line 2, column 36)",
            "deployTargetEnvironmentNameList: is missing; allowed with deploy=true are the names of one or more environments",
            "enabled: is not a field of this request; allowed are logApiProxy, "
                + FIELDS
                + " (line 1, column 67)",
            "logApiProxy.startTime: is the number 7; allowed is a string (line 3, column 63)",
            "logApiProxy.deployed: is not a field of this request; allowed are "
                + FIELDS
                + " (line 3, column 76)",
            "logApiProxy.logApiProxy: is not a field of this request; allowed are "
                + FIELDS
                + " (line 3, column 95)",
            "environmentName: is missing; while enableTraceLog is true, the name of one environment is required");
    assertNotSaved();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enableTraceLog | true | false",
        "startTime | \"2026-07-01T10:00:00Z\" | \"2026-07-01T12:00:00+02:00\"",
        "stopTime | \"2026-07-01T10:00:00Z\" | \"2026-07-01T10:00:01Z\"",
        "environmentName | \"production\" | \"staging\"",
        "deploy | false | true",
        "deployTargetEnvironmentNameList | [\"production\"] | [\"production\",\"staging\"]"
      })
  void contradictionsBetweenTheFormsAreRefused(String field, String one, String other)
      throws Exception {
    for (String[] values : new String[][] {{one, other}, {other, one}}) {
      String body =
          "{\"environmentName\":\"production\",\"%1$s\":%2$s,\"logApiProxy\":{\"%1$s\":%3$s}}"
              .formatted(field, values[0], values[1])
              .replaceFirst("\"environmentName\":\"production\",(\"environmentName\")", "$1");
      assertThat(faults(trace(body)))
          .anyMatch(
              fault ->
                  fault.startsWith(
                      field + ": has another value in logApiProxy; allowed is one value"));
    }
    assertNotSaved();
  }

  @ParameterizedTest
  @CsvSource({
    "startTime, 9999-12-31T23:59:59-18:00, ''",
    "startTime, 9999-12-31T23:55:00Z, ''",
    "startTime, 0000-01-01T00:00:00+01:00, ''",
    "stopTime, 9999-12-31T23:59:59-18:00, ''",
    "stopTime, 9999-12-31T23:59:59-18:00, 9999-12-31T23:59:59Z",
  })
  void aWindowThatCanNotBeShownInUtcIsRefused(String field, String time, String start)
      throws Exception {
    String other = start.isEmpty() ? "" : "\"startTime\":\"" + start + "\",";
    assertThat(faults(trace("{" + other + "\"" + field + "\":\"" + time + "\"}")))
        .containsExactly(
            field
                + ": is "
                + time
                + "; allowed is a time whose window is in the years 0000 to 9999 in UTC");
    assertNotSaved();
  }

  @Test
  void theLastWindowThatCanBeShownInUtcIsAllowed() throws Exception {
    trace(
        "{\"enableTraceLog\":true,\"environmentName\":\"production\",\"startTime\":\"9999-12-31T23:54:59Z\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
    assertThat(result(get(TRACE)).at("/inForce/0/stopTime").asText())
        .isEqualTo("9999-12-31T23:59:59Z");
  }

  @Test
  void anEnvironmentThatDoesNotExistIsRefused() throws Exception {
    for (String body :
        new String[] {
          "{\"environmentName\":\"Production\"}",
          "{\"logApiProxy\":{\"enableTraceLog\":true,\"environmentName\":\"Production\"}}",
          "{\"enableTraceLog\":false,\"environmentName\":\"Production\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}"
        }) {
      assertRefused(trace(body), 400, "bad_request", "Environment (Production) is not found!");
    }
    assertRefused(
        trace(
            "{\"enableTraceLog\":true,\"environmentName\":\"production\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\",\"typo\"]}"),
        400,
        "bad_request",
        "ApiProxy with name (MyAPI) can not be deployed to Environment(typo) because it is not exist!");
    assertNotSaved();
  }

  @Test
  void rightsAreThoseOfTheMaintenanceMode() throws Exception {
    String deploying =
        "{\"enableTraceLog\":true,\"environmentName\":\"production\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
    String missing = "User does not have required permission for this operation!";
    assertRefused(traceAs("viewer", ON), 400, "bad_request", missing);
    assertRefused(traceAs("deployer", ON), 400, "bad_request", missing);
    assertRefused(
        traceAs("manager", deploying),
        400,
        "bad_request",
        "User does not have required permission to deploy/undeploy API Proxy!");
    assertRefused(traceAs("outsider", ON), 400, "bad_request", "Project (MyProject) is not found!");
    assertNotSaved();
    assertThat(traceAs("manager", ON).status()).isEqualTo(200);
    assertThat(traceAs("project-admin", deploying).status()).isEqualTo(200);
    assertThat(send(Http.request("GET", TRACE).token(server.token("viewer"))).status())
        .isEqualTo(200);
    assertRefused(
        send(Http.request("GET", TRACE).token(server.token("outsider"))),
        400,
        "bad_request",
        "Project (MyProject) is not found!");
    assertThat(send(Http.request("GET", TRACE)).status()).isEqualTo(401);
  }

  @Test
  void anUnknownProxyIsRefused() throws Exception {
    String unknown = PROXIES + "typo/settings/trace/";
    String text = "ApiProxy (name: typo) was not found!";
    assertRefused(get(unknown), 400, "bad_request", text);
    assertRefused(
        send(Http.request("PATCH", unknown).token(server.token("operator")).json(ON)),
        400,
        "bad_request",
        text);
  }

  @Test
  void conditionsGoByTheEntityTagOfTheTraceSettings() throws Exception {
    patch("{\"enabled\":true}");
    Http conditional = Http.request("PATCH", TRACE).token(server.token("operator"));
    assertThat(send(conditional.with("If-Match", "\"2\"").json(ON)).status()).isEqualTo(412);
    assertThat(saved().saved()).isEqualTo(SavedTrace.NONE);
    Http.Answer first =
        send(
            Http.request("PATCH", TRACE)
                .token(server.token("operator"))
                .with("If-Match", get(TRACE).field("ETag"))
                .json(ON));
    assertThat(first.field("ETag")).isEqualTo("\"1\"");
    // Asking once more begins a new window, so who read the settings before has to read them again.
    assertThat(trace(ON).field("ETag")).isEqualTo("\"2\"");
    assertThat(
            send(Http.request("PATCH", TRACE)
                    .token(server.token("operator"))
                    .with("If-Match", "\"1\"")
                    .json("{\"enableTraceLog\":false}"))
                .status())
        .isEqualTo(412);
    assertThat(
            send(Http.request("PATCH", TRACE)
                    .token(server.token("operator"))
                    .with("If-None-Match", "\"2\"")
                    .json("{\"enableTraceLog\":false}"))
                .status())
        .isEqualTo(412);
    assertThat(saved().saved().version()).isEqualTo(2);
    assertThat(
            send(Http.request("GET", TRACE)
                    .token(server.token("operator"))
                    .with("If-None-Match", "\"2\""))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aDryRunAndOtherParametersAreRefused() throws Exception {
    for (String query : new String[] {"?dryRun=true", "?dryRun=false", "?page=1"}) {
      assertThat(
              send(Http.request("PATCH", TRACE + query).token(server.token("operator")).json(ON))
                  .status())
          .isEqualTo(400);
      assertThat(get(TRACE + query).status()).isEqualTo(400);
    }
    assertNotSaved();
  }

  @Test
  void onlyJsonIsTaken() throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", TRACE)
                .token(server.token("operator"))
                .with("Content-Type", "application/merge-patch+json")
                .body("{\"startTime\":null}".getBytes(UTF_8)));
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.field("Accept-Patch")).isEqualTo("application/json");
    assertThat(
            send(Http.request("PUT", TRACE).token(server.token("operator")).json(ON))
                .field("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS, PATCH");
    assertNotSaved();
  }

  @Test
  void eachChangeIsInTheAudit() throws Exception {
    trace("{}");
    trace(ON);
    trace(
        "{\"startTime\":\"2026-07-01T10:00:00Z\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
    JsonNode entries = JSON.readTree(get(PROXY + "audit/?limit=3").body()).path("resultList");
    assertThat(entries.findValuesAsText("action"))
        .containsExactly("DEPLOYED", "TRACE_CHANGED", "TRACE_CHANGED");
    assertThat(entries.path(0).has("trace")).isFalse();
    assertThat(entries.path(1).path("trace").toString())
        .isEqualTo(
            """
            {"before":{"enableTraceLog":true,"environmentName":"production"},\
            "after":{"enableTraceLog":true,"startTime":"2026-07-01T10:00:00Z","environmentName":"production"}}""");
    assertThat(entries.path(2).path("trace").toString())
        .isEqualTo(
            "{\"before\":null,\"after\":{\"enableTraceLog\":true,\"environmentName\":\"production\"}}");
    assertThat(entries.path(2).path("before").isNull()).isTrue();
    assertThat(entries.path(2).path("environment").isNull()).isTrue();
    assertThat(Objects.requireNonNull(entries.path(2).path("username")).asText())
        .isEqualTo("operator");
  }
}

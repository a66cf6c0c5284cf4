package dev.intermission.admin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminStores;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.admin.TestClock;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.TraceStore;
import dev.intermission.api.store.TraceStore.Filter;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that read and delete what was recorded. */
class TracesTest extends AdminTest {

  @TempDir Path folder;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACES = PROXY + "traces/";
  private static final Instant NOW = TestClock.START;
  private static final String DOCUMENT =
      """
      {"id":"other","time":"2026-07-01T10:00:00.000000001Z","node":"a lie","correlationId":"c","method":"POST",
       "path":"/a","protocol":"HTTP/1.1","host":null,"peerAddress":"127.0.0.1","status":200,"result":"SUCCESS",
       "error":null,"passage":"open","target":null,"millis":2,
       "times":{"gate":0.25,"connection":null,"upstream":null,"response":1.5},
       "fromClient":{"method":"POST","target":"/a?b","fields":[{"name":"X","value":"\\u0000 ü"}],
       "body":{"text":"half \\ud83d of it","length":7,"complete":false}},"toTarget":null,"fromTarget":null,
       "toClient":{"status":200,"fields":[],"body":null},"detected":["card"]}""";

  private static TraceRecord record(
      String id, ProxyId proxy, Instant time, String path, int status) {
    return new TraceRecord(
        new TraceLine(id, proxy, time, "GET", path, status, "SUCCESS", null, 17), DOCUMENT);
  }

  private void receive(TraceRecord... records) {
    receive("production", records);
  }

  private void receive(String environment, TraceRecord... records) {
    server
        .store
        .traces()
        .receive(
            environment,
            "gateway-1",
            "run1",
            new TraceReport(List.of(records), Map.of(TestCatalog.MY_API, 3L)));
  }

  private void receiveSome() {
    receive(
        record("a", TestCatalog.MY_API, NOW, "/a%b", 200),
        record("b", TestCatalog.MY_API, NOW.plusSeconds(1), "/a b", 404),
        record("c", TestCatalog.MY_API, NOW.plusSeconds(2), "/ä&c", 0));
    receive("staging", record("d", TestCatalog.MY_API, NOW.plusSeconds(3), "/d", 404));
  }

  private Http.Answer as(String user, String method, String target) throws IOException {
    return send(Http.request(method, target).token(server.token(user)));
  }

  private JsonNode list(String query) throws IOException {
    Http.Answer answer = get(TRACES + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private List<String> ids(String query) throws IOException {
    List<String> ids = new ArrayList<>();
    list(query).path("resultList").forEach(line -> ids.add(line.path("id").asText()));
    return ids;
  }

  private List<AuditEntry> audit() {
    return server.store.audit().entries(TestCatalog.MY_API, 10).stream()
        .filter(
            entry ->
                entry.action() == AuditAction.TRACE_READ
                    || entry.action() == AuditAction.TRACES_DELETED)
        .toList();
  }

  @Test
  void aListTellsOfEachRecordWhatItIsChosenBy() throws Exception {
    assertThat(get(TRACES).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[],\"resultCount\":0,\"page\":1,\"size\":100,\"totalCount\":0,\"dropped\":0}");
    receive(record("a-1", TestCatalog.MY_API, NOW.plusMillis(123), "/x", 200));
    assertThat(get(TRACES).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[{\"id\":\"a-1\",\"time\":\"2026-07-01T10:00:00.123Z\",\"environmentName\":\"production\",\"node\":\"gateway-1\",\"method\":\"GET\",\"path\":\"/x\",\"status\":200,\"result\":\"SUCCESS\",\"target\":null,\"millis\":17}],\"resultCount\":1,\"page\":1,\"size\":100,\"totalCount\":1,\"dropped\":3}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|d c b a",
        "?from=2026-07-01T10:00:01Z|d c b",
        "?from=2026-07-01T12:00:01%2B02:00&to=2026-07-01T10:00:03.000Z|c b",
        "?environmentName=staging|d",
        "?status=404|d b",
        "?status=0|c",
        "?minMillis=18|''",
        "?minMillis=17&status=200|a",
        "?path=/a%25|a",
        "?path=/a%20|b",
        "?path=/a+b|b",
        "?path=%2F%C3%A4%26|c",
        "?path=/A|''",
        "?path=|d c b a",
        "?page=2&size=3|a",
        "?page=3&size=3|''",
        "?&size=1&|d"
      })
  void filtersAndPages(String query, String ids) throws Exception {
    receiveSome();
    assertThat(String.join(" ", ids(query))).isEqualTo(ids);
  }

  @Test
  void aPageSaysHowManyThereAreInAll() throws Exception {
    receive(
        IntStream.range(0, 120)
            .mapToObj(i -> record("id-" + i, TestCatalog.MY_API, NOW.plusMillis(i), "/", 200))
            .toArray(TraceRecord[]::new));
    JsonNode first = list("");
    assertThat(first.path("resultCount").asInt()).isEqualTo(100);
    assertThat(first.path("resultList")).hasSize(100);
    assertThat(first.path("totalCount").asInt()).isEqualTo(120);
    assertThat(list("?page=2&size=110").path("resultCount").asInt()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?limit=1|The query has the parameter 'limit'; allowed is from, to, environmentName, status, minMillis, path, page, size",
        "?page=1&page=2|The query has page more than once",
        "?page=0|page is '0'; allowed is a whole number from 1 to 2147483647",
        "?size=1001|size is '1001'; allowed is a whole number from 1 to 1000",
        "?status=ok|status is 'ok'; allowed is a whole number from 0 to 999",
        "?status=|status is ''; allowed is a whole number from 0 to 999",
        "?minMillis=-1|minMillis is '-1'; allowed is a whole number from 0 to 2147483647",
        "?environmentName=nowhere|Environment (nowhere) is not found!",
        "?to=2026-07-01|to is '2026-07-01', which is no date and time with an offset; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00",
        "?from=2026-07-01T10:00:00+02:00|from is '2026-07-01T10:00:00 02:00', which is no date and time with an offset; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00, where + is %2B",
        "?from=2026-02-30T10:00:00Z|from is '2026-02-30T10:00:00Z', which names a day or time that does not exist; allowed is a date and time with an offset (RFC 3339), as in 2026-07-01T18:00:00+02:00"
      })
  void whatIsNotAllowedIsRefused(String query, String text) throws Exception {
    assertRefused(get(TRACES + query), 400, "bad_request", text);
    assertThat(audit()).isEmpty();
  }

  @Test
  void aListFromTheTimeOfARecordHasThatRecord() throws Exception {
    receive(record("a", TestCatalog.MY_API, NOW.plusNanos(514_506_694), "/a", 200));
    String time = JSON.readTree(get(TRACES + "a").body()).at("/resultList/0/time").asText();
    assertThat(time).isEqualTo("2026-07-01T10:00:00.514Z");
    assertThat(list("").at("/resultList/0/time").asText()).isEqualTo(time);
    assertThat(ids("?from=" + time)).containsExactly("a");
    assertThat(ids("?to=" + time)).isEmpty();
  }

  @Test
  void aRecordIsShownWholeWithWhatTheStoreKnowsOfIt() throws Exception {
    receive(record("a-1", TestCatalog.MY_API, NOW, "/x", 200));
    Http.Answer answer = get(TRACES + "a-1");
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
                + DOCUMENT
                    .replaceAll("\n *", "")
                    .replace("other", "a-1")
                    .replace(".000000001Z", "Z")
                    .replace(
                        "\"node\":\"a lie\"",
                        "\"environmentName\":\"production\",\"node\":\"gateway-1\"")
                    .replace("\\ud83d", "?")
                + "],\"resultCount\":1}");
    assertThat(answer.field("Content-Type"))
        .isEqualToIgnoringCase("application/json;charset=UTF-8");
    assertThat(as("operator", "HEAD", TRACES + "a-1/").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "A", "%27", "a%2F..%2Fa"})
  void anUnknownRecordIsRefused(String id) throws Exception {
    receive(
        record("a", TestCatalog.MY_API, NOW, "/", 200),
        record("b", TestCatalog.SLASHED, NOW, "/", 200));
    String name = id.replace("%27", "'").replace("%2F", "/");
    assertRefused(
        get(TRACES + id + "/"),
        400,
        "bad_request",
        "Trace (" + name + ") is not found for ApiProxy (MyAPI)!");
    assertRefused(
        get(TRACES + "a/?x"),
        400,
        "bad_request",
        "The query has the parameter 'x'; allowed is none");
    assertThat(audit()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "admin, 200, ''",
    "project-admin, 200, ''",
    "operator, 200, ''",
    "manager, 200, ''",
    "deployer, 400, User does not have required permission for this operation!",
    "viewer, 400, User does not have required permission for this operation!",
    "outsider, 400, Project (MyProject) is not found!",
    "nobody, 400, Project (MyProject) is not found!"
  })
  void onlyWhoMayManageReadsAndDeletes(String user, int status, String text) throws Exception {
    receive(record("a", TestCatalog.MY_API, NOW, "/", 200));
    for (Http request :
        List.of(
            Http.request("GET", TRACES),
            Http.request("GET", TRACES + "a/"),
            Http.request("DELETE", TRACES))) {
      Http.Answer answer = send(request.token(server.token(user)));
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      assertThat(answer.body()).contains(text);
    }
    assertThat(server.store.traces().record(TestCatalog.MY_API, "a").isEmpty())
        .isEqualTo(status == 200);
    assertThat(audit()).hasSize(status == 200 ? 3 : 0);
  }

  @Test
  void whatIsWrongIsFoundInTheOrderOfTheContract() throws Exception {
    assertThat(send(Http.request("POST", TRACES)).status()).isEqualTo(405);
    assertThat(send(Http.request("DELETE", TRACES + "a/")).field("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
    assertThat(send(Http.request("OPTIONS", TRACES)).field("Allow"))
        .isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertUnauthorized(
        send(Http.request("GET", TRACES + "?x")),
        "Empty Key! Client must be authenticated to access this resource.",
        "Bearer");
    String unknown = PROXIES + "No/traces/?x";
    assertThat(as("outsider", "GET", unknown).body())
        .isEqualTo(as("outsider", "GET", TRACES + "?x").body());
    assertThat(as("viewer", "GET", unknown).body()).contains("permission");
    assertRefused(
        as("manager", "DELETE", unknown),
        400,
        "bad_request",
        "ApiProxy with name (No) is not found!");
  }

  @Test
  void aListIsInTheAuditOnceAMinuteForEachUserAndEachRecordAlways() throws Exception {
    receiveSome();
    get(TRACES + "?status=404&path=/a%25%0A");
    get(TRACES + "?page=2");
    as("manager", "GET", TRACES);
    get(TRACES + "a/");
    get(TRACES + "a/");
    get(PROXIES + "a%2Fb%20%C3%A9%3Bx%3D1/traces/");
    server.clock.advance(Duration.ofSeconds(61));
    get(TRACES);
    assertThat(audit())
        .extracting(AuditEntry::action, entry -> entry.author().username(), AuditEntry::detail)
        .containsExactly(
            tuple(AuditAction.TRACE_READ, "operator", "list"),
            tuple(AuditAction.TRACE_READ, "operator", "record a"),
            tuple(AuditAction.TRACE_READ, "operator", "record a"),
            tuple(AuditAction.TRACE_READ, "manager", "list"),
            tuple(AuditAction.TRACE_READ, "operator", "list with status=404, path=/a%\\u000a"));
    assertThat(server.store.audit().entries(TestCatalog.SLASHED, 10)).hasSize(1);
    assertThat(JSON.readTree(get(PROXY + "audit/?limit=1").body()).at("/resultList/0/description"))
        .hasToString("\"list\"");
  }

  @Test
  void deletingLeavesNothingButTheAudit() throws Exception {
    receiveSome();
    assertThat(list("").path("dropped").asInt()).isEqualTo(6);
    assertThat(delete(TRACES).body())
        .isEqualTo("{\"status\":\"SUCCESS\",\"resultMessage\":\"Traces deleted successfully.\"}");
    assertThat(list("").path("totalCount").asInt()).isZero();
    assertThat(list("").path("dropped").asInt()).isZero();
    assertThat(get(TRACES + "a/").status()).isEqualTo(400);
    assertThat(audit().get(0))
        .extracting(AuditEntry::action, AuditEntry::detail)
        .containsExactly(AuditAction.TRACES_DELETED, "records: 4");
    receive(record("e", TestCatalog.MY_API, NOW, "/", 200));
    assertThat(list("").path("totalCount").asInt()).isEqualTo(1);
    // Each environment has told three before.
    assertThat(list("").path("dropped").asInt()).isZero();
  }

  @Test
  void aDeletionHasNoBodyAndNoParametersAndKeepsItsConditions() throws Exception {
    receiveSome();
    Http delete = Http.request("DELETE", TRACES).token(server.token("operator"));
    assertRefused(send(delete.json("{}")), 400, "bad_request", "A deletion has no body");
    assertRefused(
        delete(TRACES + "?status=404"),
        400,
        "bad_request",
        "The query has the parameter 'status'; allowed is none");
    assertThat(
            send(Http.request("DELETE", TRACES)
                    .token(server.token("operator"))
                    .with("If-Match", "\"7\""))
                .status())
        .isEqualTo(412);
    assertThat(count()).isEqualTo(4);
    assertThat(
            send(Http.request("DELETE", TRACES)
                    .token(server.token("operator"))
                    .with("If-Match", "\"0\""))
                .status())
        .isEqualTo(200);
    assertThat(count()).isZero();
  }

  private long count() {
    return server.store.traces().list(TestCatalog.MY_API, Filter.ALL, 1, 1).total();
  }

  /** Keeps everything but who has read it. */
  private record Unnoted(TraceStore traces) implements TraceStore {

    @Override
    public void receive(String environment, String node, String run, TraceReport report) {
      traces.receive(environment, node, run, report);
    }

    @Override
    public Page list(ProxyId proxy, Filter filter, int page, int size) {
      return traces.list(proxy, filter, page, size);
    }

    @Override
    public Optional<Kept> record(ProxyId proxy, String id) {
      return traces.record(proxy, id);
    }

    @Override
    public int delete(ProxyId proxy, Author author) {
      return traces.delete(proxy, author);
    }

    @Override
    public void read(ProxyId proxy, String detail, Author author) {
      throw new StoreUnavailableException("the disk is full", new IOException());
    }

    @Override
    public int prune() {
      return traces.prune();
    }
  }

  private static AdminStores with(AdminStores stores, @Nullable TraceStore traces) {
    return new AdminStores(
        stores.settings(),
        stores.history(),
        stores.audit(),
        stores.tokens(),
        stores.operations(),
        traces);
  }

  @Test
  void whoCanNotBeNotedReadsNothing() throws Exception {
    Path folder = Files.createDirectory(this.folder.resolve("unnoted"));
    server.stop();
    server =
        new AdminServer(
            folder,
            AdminOptions.DEFAULTS,
            stores -> with(stores, new Unnoted(Objects.requireNonNull(stores.traces()))));
    receiveSome();
    for (String target : List.of(TRACES, TRACES, TRACES + "a/")) {
      Http.Answer answer = get(target);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).doesNotContain("fromClient", "totalCount");
    }
  }

  @Test
  void whatIsTooOldIsDeletedWhenAnAdminNodeStarts() throws Exception {
    Path folder = Files.createDirectory(this.folder.resolve("old"));
    server.stop();
    server = new AdminServer(folder, AdminOptions.DEFAULTS);
    receive(
        record("old", TestCatalog.MY_API, NOW.minus(Duration.ofDays(8)), "/", 200),
        record("new", TestCatalog.MY_API, NOW.minus(Duration.ofDays(6)), "/", 200));
    server.stop();
    server = new AdminServer(folder, AdminOptions.DEFAULTS);
    await().until(() -> count() == 1);
    assertThat(ids("")).containsExactly("new");
  }

  @Test
  void withoutAStoreForThemThereAreNoSuchPaths() throws Exception {
    AdminServer without =
        new AdminServer(
            Files.createDirectory(folder.resolve("without")),
            AdminOptions.DEFAULTS,
            stores -> with(stores, null));
    try {
      // The client of the tests would look for the answer in the file that describes the calls.
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + without.port() + TRACES))
                      .header("Authorization", "Bearer " + without.token("operator"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
    } finally {
      without.stop();
    }
  }
}

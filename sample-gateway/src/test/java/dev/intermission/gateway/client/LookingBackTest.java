package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking back, going back, and letting testers in, against a whole gateway. */
class LookingBackTest {

  private final RunningGateway gateway;
  private final Map<String, String> environment;
  private final String url;

  LookingBackTest(@TempDir Path folder) throws Exception {
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")));
    environment =
        Map.of(
            "INTERMISSION_TOKEN",
            RunningGateway.ADMIN_TOKEN,
            "INTERMISSION_CALLED",
            "./intermission");
    url = "http://127.0.0.1:" + gateway.adminPort();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Typed type(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--url";
    all[words.length + 1] = url;
    return Typed.with(environment, all);
  }

  private Typed ok(String... words) {
    Typed typed = type(words);
    assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    return typed;
  }

  private int statusOf(String path) throws Exception {
    return gateway.call(path).statusCode();
  }

  /** Returns what a command told to type to undo it. */
  private static String hinted(Typed told) {
    Matcher hint = Pattern.compile("Undo: \\./intermission (.*)").matcher(told.out());
    assertThat(hint.find()).as(told.out()).isTrue();
    return hint.group(1);
  }

  private Typed typeHint(Typed told) {
    return typeLine(hinted(told));
  }

  private Typed typeLine(String line) {
    Typed typed = Typed.with(environment, line.split(" ", -1));
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed;
  }

  @Test
  void eachUndoHintUndoesWhatWasDone() throws Exception {
    Typed closed = ok("close", "orders", "--status", "500");
    Typed changed = ok("close", "orders", "--status", "502", "--message", "x");
    assertThat(gateway.call("/orders").body()).isEqualTo("x");
    Typed back = typeHint(changed);
    assertThat(statusOf("/orders")).isEqualTo(500);
    typeHint(back);
    assertThat(gateway.call("/orders").body()).isEqualTo("x");
    Typed opened = typeHint(closed);
    assertThat(statusOf("/orders")).isEqualTo(502);
    assertThat(opened.out()).contains("is open in production");
    typeHint(opened);
    assertThat(gateway.call("/orders").body()).isEqualTo("x");

    typeHint(ok("open", "orders"));
    assertThat(gateway.call("/orders").body()).isEqualTo("x");
  }

  @Test
  void undoOfAClosureOpensOnlyWhereItWasOpen() throws Exception {
    gateway.patch(
        new ProxyId("MyProject", "orders"),
        """
        {"enabled":false,"deploy":true,"deployTargetEnvironmentNameList":["staging"]}
        """);
    ok("close", "orders", "--environment", "production");
    JsonNode undo = ok("close", "orders", "--json").json().path("undo");
    assertThat(undo).hasSize(2);
    assertThat(undo.path(0).asText())
        .startsWith("./intermission open orders --environment staging --url");
    assertThat(undo.path(1).asText())
        .containsPattern("rollback orders [0-9]+ --environment production --url");
    ok("open", "orders");
    JsonNode all = ok("close", "orders", "--json").json().path("undo");
    assertThat(all).hasSize(1);
    assertThat(all.path(0).asText()).startsWith("./intermission open orders --url");
  }

  @Test
  void operationIsUndoneAndNotOverTheChangesOfOthers() throws Exception {
    Typed closed = ok("close", "orders", "stock", "--yes");
    assertThat(statusOf("/orders")).isEqualTo(503);
    assertThat(typeLine(hinted(closed) + " --dry-run").out())
        .contains("MyProject/stock in production: closed -> open");
    assertThat(statusOf("/orders")).isEqualTo(503);
    Typed unasked = Typed.with(environment, hinted(closed).split(" ", -1));
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("This is about 2 APIs").contains("--yes");
    Typed declined = Typed.at(environment, "n\n", true, hinted(closed).split(" ", -1));
    assertThat(declined.code()).isEqualTo(1);
    assertThat(declined.err())
        .contains("Undo the operation on these 2 APIs in production? [y/N] ")
        .contains("Nothing was changed.");
    assertThat(statusOf("/orders")).isEqualTo(503);
    typeLine(hinted(closed) + " --yes");
    assertThat(statusOf("/orders")).isEqualTo(502);

    String id = ok("close", "orders", "stock", "--yes", "--json").json().path("operation").asText();
    ok("close", "orders", "--message", "mine");
    Typed refused = type("undo", id, "--yes");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("MyProject/orders changed since").contains("--force");
    assertThat(statusOf("/stock")).isEqualTo(503);
    ok("undo", id, "--force", "--yes");
    assertThat(statusOf("/stock")).isEqualTo(502);
    assertThat(type("undo", "nothing").code()).isEqualTo(1);
  }

  @Test
  void diffShowsWhatIsSavedAndNotDeployed() throws Exception {
    assertThat(ok("diff", "orders").out())
        .isEqualTo("MyProject/orders in production: all that is saved is in force\n");
    gateway.patch(
        new ProxyId("MyProject", "orders"), "{\"enabled\":true,\"retryAfterSeconds\":60}");
    assertThat(ok("diff", "orders").out())
        .isEqualTo(
            """
            MyProject/orders in production: in force -> saved
              enabled: false -> true
              retryAfterSeconds: null -> 60
            """);
    JsonNode json = ok("diff", "orders", "--json").json();
    assertThat(json.at("/environments/0/changes/0/field").asText()).isEqualTo("enabled");
    assertThat(ok("status").out()).contains("saved but not deployed");
  }

  @Test
  void historyAuditAndRollbackTellTheSameStory() throws Exception {
    ok("close", "orders", "--reason", "New disks");
    ok("open", "orders");
    assertThat(ok("history", "orders").out())
        .containsPattern("3 .* production .* in force, open")
        .containsPattern("2 .* production .* deployed .* admin .* New disks");
    assertThat(ok("audit", "orders", "--limit", "4").out().lines())
        .hasSize(5)
        .anyMatch(line -> line.contains("DEPLOYED") && line.contains("New disks"))
        .anyMatch(line -> line.contains("SETTINGS_CHANGED") && line.contains("enabled"));
    assertThat(ok("audit", "orders", "--json").json().at("/entries/0/correlationId").asText())
        .isNotEmpty();
    assertThat(ok("rollback", "orders", "2", "--dry-run").out())
        .contains("MyProject/orders in production: open -> closed");
    assertThat(statusOf("/orders")).isEqualTo(502);
    assertThat(ok("rollback", "orders", "2").out()).contains("is closed in production with 503");
    assertThat(statusOf("/orders")).isEqualTo(503);
    Typed unknown = type("rollback", "orders", "99");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("99");
    assertThat(type("rollback", "orders", "last").code()).isEqualTo(2);
  }

  @Test
  void auditNamesWhatChangedInATrafficLog() throws Exception {
    String log = "/apiops/projects/MyProject/apiProxies/orders/trafficLogSettings/production/";
    gateway.put(log, "{}");
    gateway.put(log, "{\"logBodyResponseToClient\":true}");
    assertThat(ok("audit", "orders", "--limit", "1").out())
        .containsPattern("TRAFFIC_LOG_CHANGED +production +logBodyResponseToClient\\s");
  }

  @Test
  void testersPassWithABypassTokenUntilItIsRevoked() throws Exception {
    ok("close", "orders");
    Typed made = ok("bypass", "create", "orders", "--expires", "10m", "--reason", "Smoke test");
    assertThat(made.out()).matches("Intermission-Bypass: imb_\\S+\n");
    String field = made.out().strip();
    assertThat(statusWith(field)).isEqualTo(502);
    Typed list = ok("bypass", "list", "orders");
    assertThat(list.out()).contains("Smoke test").doesNotContain("imb_");
    String id = ok("bypass", "list", "orders", "--json").json().at("/tokens/0/id").asText();
    ok("bypass", "revoke", "orders", id);
    assertThat(statusWith(field)).isEqualTo(503);
    assertThat(type("bypass", "revoke", "orders", id).code()).isEqualTo(1);
    assertThat(type("bypass", "create", "orders", "--expires", "90d").code()).isEqualTo(1);
    assertThat(ok("bypass", "create", "orders", "--quiet").out())
        .matches("Intermission-Bypass: imb_\\S+\n");
  }

  private int statusWith(String field) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.trafficPort() + "/orders"))
            .header("Intermission-Bypass", field.substring(field.indexOf(' ') + 1))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

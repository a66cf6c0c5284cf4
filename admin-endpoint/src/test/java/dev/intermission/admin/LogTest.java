package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is written to the log, and what never is. */
class LogTest extends AdminTest {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.intermission.admin");

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    super.start(folder);
    log.start();
    logger.addAppender(log);
  }

  @Override
  @AfterEach
  public void stop() throws Exception {
    super.stop();
    logger.detachAppender(log);
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private List<String> linesAt(Level level) {
    return log.list.stream()
        .filter(line -> line.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void eachChangeIsOneLineWithWhoWhatAndOutcome() throws Exception {
    Http request = Http.request("POST", STAGING).token(server.token("operator"));
    send(request.with("X-Correlation-Id", "my-7"));
    assertThat(lines())
        .containsExactly(
            "deployed MyProject/MyAPI to staging (open, revision 2) by operator [my-7] from"
                + " 127.0.0.1: Deployment successful; no gateway is running in staging, the next"
                + " one to start serves it");
  }

  private String told(Http request) throws Exception {
    log.list.clear();
    send(request.token(server.token("operator")).with("X-Correlation-Id", "my-7"));
    assertThat(lines()).hasSize(1);
    return lines().get(0);
  }

  @Test
  void aDryRunIsOneLineThatSaysSoWithoutTheQuery() throws Exception {
    String secret = "imb_planted";
    String query = "?dryRun=true&bypass=" + secret;
    Http dry = Http.request("PATCH", MODE + query).json("{\"enabled\": true}");
    assertThat(told(dry))
        .isEqualTo(
            "dry run of PATCH "
                + MODE
                + " by operator from 127.0.0.1: 200 would have saved MyProject/MyAPI without"
                + " deploying it (closed, 403); nothing was changed [my-7]");
    assertThat(told(Http.request("POST", STAGING + query)))
        .contains("200 would have deployed MyProject/MyAPI to staging (open, revision 2); nothing");
    for (String fault : List.of("%zz", "%ff", "%20", "&path=x")) {
      assertThat(told(Http.request("POST", STAGING + query + fault)))
          .contains(": 400 ")
          .doesNotContain(secret);
    }
  }

  private Http patchWith(String json) {
    return Http.request("PATCH", MODE).json(json);
  }

  @Test
  void eachLineSaysWhatHappenedToWhichProxyWhereAndByWhom() throws Exception {
    String in = ", \"deploy\": true, \"deployTargetEnvironmentNameList\": [\"staging\"]}";
    String by = " by operator [my-7] from 127.0.0.1";
    assertThat(told(patchWith("{\"enabled\": true, \"httpStatusCode\": 503}")))
        .isEqualTo("saved MyProject/MyAPI without deploying it (closed, 503)" + by);
    assertThat(told(patchWith("{\"enabled\": true" + in)))
        .startsWith("closed MyProject/MyAPI in staging (503, revision 2)" + by + ": ");
    assertThat(told(patchWith("{\"enabled\": false" + in)))
        .startsWith("opened MyProject/MyAPI in staging (revision 3)" + by + ": ");
    String histories = MODE.replace("settings/maintenance-mode/", "deploy-histories/");
    assertThat(told(Http.request("POST", histories + "2/rollback/")))
        .isEqualTo(
            "rolled back MyProject/MyAPI to revision 2 without deploying it (closed, 503)" + by);
    assertThat(told(Http.request("POST", histories + "2/rollback/?environmentName=staging")))
        .startsWith(
            "rolled back MyProject/MyAPI to revision 2 in staging (closed, 503, revision 4)" + by);
    assertThat(told(Http.request("DELETE", STAGING)))
        .startsWith("undeployed MyProject/MyAPI from staging (revision 5)" + by);
    assertThat(told(Http.request("DELETE", histories + "2/")))
        .isEqualTo("deleted the history record of revision 2 of MyProject/MyAPI" + by);
    String form = "grant_type=client_credentials&client_id=operator&client_secret=correct+horse";
    assertThat(told(Http.request("POST", TOKEN).form(form)))
        .matches(
            "made the token [0-9a-f]+ of operator, good until [0-9TZ:.-]+" + Pattern.quote(by));
  }

  @Test
  void closureThatIsToComeIsAnnouncedAndNotToldAsOneThatIs() throws Exception {
    String window = "\"startsAt\": \"2100-01-01T02:00:00Z\", \"endsAt\": \"2100-01-01T04:00:00Z\"";
    assertThat(told(patchWith("{\"enabled\": true, " + window + "}")))
        .startsWith("saved MyProject/MyAPI without deploying it (to be closed, 403, from 2100-01");
    assertThat(
            told(
                patchWith(
                    "{\"deploy\": true, \"deployTargetEnvironmentNameList\": [\"staging\"]}")))
        .startsWith(
            "announced the closure of MyProject/MyAPI in staging"
                + " (403, from 2100-01-01T02:00:00Z, until 2100-01-01T04:00:00Z, revision 2) by");
  }

  @Test
  void eachEnvironmentThatIsDeployedToHasALine() throws Exception {
    patch(
        "{\"enabled\": true, \"deploy\": true, \"deployTargetEnvironmentNameList\": [\"staging\", \"production\"]}");
    assertThat(lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("closed MyProject/MyAPI in staging (403, revision 2)"))
        .anyMatch(
            line -> line.startsWith("closed MyProject/MyAPI in production (403, revision 3)"));
  }

  @Test
  void readsAreNotLogged() throws Exception {
    get(MODE);
    assertThat(lines()).isEmpty();
  }

  @Test
  void readsAreLoggedAtDebugWhereThatIsOn() throws Exception {
    Level before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    try {
      get(MODE);
      assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG);
      assertThat(lines()).singleElement().asString().startsWith("GET " + MODE + " by operator");
    } finally {
      logger.setLevel(before);
    }
  }

  @Test
  void aRefusedChangeIsLoggedToo() throws Exception {
    Http request =
        Http.request("PATCH", MODE + "?secret").json("{}").with("X-Correlation-Id", "my-8");
    send(request);
    assertThat(lines())
        .containsExactly(
            "PATCH /apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/ by -"
                + " from 127.0.0.1: 401 Empty Key! Client must be authenticated to access this"
                + " resource. [my-8]");
  }

  @Test
  void refusalsOfUnknownClientsAreOneLineAMinute() throws Exception {
    for (int i = 0; i < 20; i++) {
      send(Http.request("PATCH", MODE).json("{}"));
      send(Http.request("DELETE", PRODUCTION).token("no-token-of-anyone"));
      send(Http.request("POST", "/apiops/unknown-" + i));
    }
    assertThat(linesAt(Level.WARN))
        .singleElement()
        .asString()
        .contains("by - from 127.0.0.1: 401 Empty Key!");
    assertThat(lines()).hasSize(1);
  }

  @Test
  void eachRefusalOfAKnownUserIsALine() throws Exception {
    for (int i = 0; i < 3; i++) {
      patch("{\"httpStatusCode\":1}");
    }
    assertThat(lines())
        .hasSize(3)
        .allMatch(line -> line.contains(" by operator from 127.0.0.1: 400 "));
  }

  @Test
  void theUserOfAWrongSecretIsNamedButNoUnknownId() throws Exception {
    String form = "grant_type=client_credentials&client_id=%s&client_secret=%s";
    Level before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    try {
      send(Http.request("POST", TOKEN).form(form.formatted("operator", "s3cret")));
      send(Http.request("POST", TOKEN).form(form.formatted("s3cret", "operator")));
    } finally {
      logger.setLevel(before);
    }
    List<String> each = linesAt(Level.DEBUG);
    assertThat(each).hasSize(2);
    assertThat(each.get(0)).contains("401 Bad credentials for operator [");
    assertThat(each.get(1)).contains("401 Bad credentials [");
    assertThat(linesAt(Level.WARN)).containsExactly(each.get(0));
  }

  @Test
  void noTokenSecretOrBodyIsEverLogged() throws Exception {
    String form = "grant_type=client_credentials&client_id=operator&client_secret=correct+horse";
    Http.Answer issued = send(Http.request("POST", TOKEN).form(form));
    patch("{\"message\":\"back at six\"}");
    patch("{\"message\":\"back at six\",\"httpStatusCode\":1}");
    send(Http.request("DELETE", PRODUCTION).token("imt_not-a-token"));
    String token = issued.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    assertThat(token).startsWith("imt_");
    assertThat(lines()).hasSize(4);
    assertThat(String.join("\n", lines()))
        .doesNotContain(token, "correct", "horse", "back at six", "imt_", server.token("operator"));
  }
}

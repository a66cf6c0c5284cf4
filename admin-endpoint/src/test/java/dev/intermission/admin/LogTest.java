package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
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

  @Test
  void eachChangeIsOneLineWithWhoWhatAndOutcome() throws Exception {
    Http request = Http.request("POST", STAGING).token(server.token("operator"));
    send(request.with("X-Correlation-Id", "my-7"));
    assertThat(lines())
        .containsExactly(
            "POST /apiops/projects/MyProject/apiProxies/MyAPI/environments/staging/ by operator"
                + " from 127.0.0.1: 200 staging: Deployment successful; no gateway is running in"
                + " staging, the next one to start serves it [my-7]");
  }

  @Test
  void readsAreNotLogged() throws Exception {
    get(MODE);
    assertThat(lines()).isEmpty();
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
  void theUserOfAWrongSecretIsNamedButNoUnknownId() throws Exception {
    String form = "grant_type=client_credentials&client_id=%s&client_secret=%s";
    send(Http.request("POST", TOKEN).form(form.formatted("operator", "s3cret")));
    send(Http.request("POST", TOKEN).form(form.formatted("s3cret", "operator")));
    assertThat(lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("401 Bad credentials for operator [");
    assertThat(lines().get(1)).contains("401 Bad credentials [");
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

package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.openapi.DescribedAnswers;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The management API in another container than Jetty. */
class TomcatTest {

  private final Path folder;
  private final JdbcStore store;
  private final AdminFeed feed;
  private final Tomcat tomcat = new Tomcat();

  TomcatTest(@TempDir Path folder) {
    this.folder = folder;
    store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
    store.settings().apply(new TestCatalog(), AdminServer.SETUP);
    feed = new AdminFeed(store.settings(), "gateway-1", store.nodes(), store.changes());
  }

  @BeforeEach
  void start() throws LifecycleException {
    tomcat.setBaseDir(folder.resolve("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    AdminServlet servlet =
        new AdminServlet(
            new AdminStores(
                store.settings(),
                store.history(),
                store.audit(),
                store.tokens(),
                store.operations()),
            feed,
            AdminOptions.DEFAULTS,
            Clock.systemUTC());
    Wrapper wrapper = Tomcat.addServlet(context, "admin", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.setLoadOnStartup(1);
    wrapper.addMapping("/apiops/*");
    tomcat.start();
  }

  @AfterEach
  void stop() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
    feed.close();
    store.close();
  }

  private void assertRefused(String method, String path, int status) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path))
                    .timeout(Duration.ofMinutes(1))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    DescribedAnswers.assertDescribed(answer);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("application/json;charset=UTF-8");
    assertThat(answer.body()).startsWith("{\"status\":\"FAILURE\",");
  }

  @Test
  void eachErrorHasTheContentTypeOfTheContract() throws Exception {
    assertRefused("GET", "/apiops/projects/MyProject/apiProxies/", 401);
    assertRefused("PATCH", "/apiops/projects/MyProject/apiProxies/", 405);
    assertRefused("DELETE", "/apiops/no-such-path", 404);
    assertRefused("POST", "/apiops/auth/token/", 415);
  }

  @Test
  void eventsComeAndEnd() throws Exception {
    AccessTokens tokens = new AccessTokens(store.tokens(), Clock.systemUTC());
    AccessTokens.Issued issued = tokens.create("operator", Duration.ofHours(1));
    try (Events events =
        Events.open(tomcat.getConnector().getLocalPort(), issued.secret(), "", null)) {
      assertThat(events.next().data().path("resultList")).hasSize(6);
      for (int round = 1; round <= 5; round++) {
        store
            .settings()
            .update(
                TestCatalog.MY_API,
                saved -> saved.settings(),
                List.of(DeploymentRequest.to("production")),
                AdminServer.SETUP);
        Events.Event change = events.next();
        assertThat(change.data().path("resultList").path(0).path("revision").asInt())
            .isEqualTo(1 + round);
      }
      tokens.revoke(issued.token().id());
      assertThat(events.next().data().toString()).isEqualTo("{\"reason\":\"TOKEN_INVALID\"}");
      events.awaitEnd();
    }
  }
}

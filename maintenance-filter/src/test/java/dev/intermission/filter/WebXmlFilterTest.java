package dev.intermission.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter named in a web.xml with its init parameters. */
class WebXmlFilterTest {

  private static final String ENVIRONMENT =
      "<init-param><param-name>environment</param-name><param-value>production</param-value></init-param>";

  @TempDir Path folder;
  private final TestFeed feed = new TestFeed();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  private void start(boolean withFeed, String parameters) throws Exception {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(
        folder.resolve("WEB-INF/web.xml"),
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <filter>
            <filter-name>maintenance</filter-name>
            <filter-class>dev.intermission.filter.MaintenanceFilter</filter-class>
            <async-supported>true</async-supported>
            %s
          </filter>
          <filter-mapping>
            <filter-name>maintenance</filter-name>
            <url-pattern>/*</url-pattern>
          </filter-mapping>
        </web-app>
        """
            .formatted(parameters));
    WebAppContext context = new WebAppContext(folder.toString(), "/");
    context.setThrowUnavailableOnStartupException(true);
    context.addServlet(new ServletHolder(new JettyServer.Backend(new AtomicInteger())), "/*");
    if (withFeed) {
      context.setAttribute("dev.intermission.api.SnapshotFeed", feed);
    }
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void filterFollowsTheFeedOfItsContext() throws Exception {
    start(
        true,
        ENVIRONMENT
            + "<init-param><param-name>answerCacheBytes</param-name><param-value>1000</param-value></init-param>");
    feed.deliver(
        Proxies.snapshot(1, Proxies.closed("/api/v1", 503, "text/plain; charset=utf-8", "gone")));
    Wire.Reply reply = Wire.get(connector.getLocalPort(), "/api/v1");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.text()).isEqualTo("gone");
    assertThat(Wire.get(connector.getLocalPort(), "/").text()).isEqualTo("open");
    server.stop();
    assertThat(feed.isFollowed()).isFalse();
  }

  @Test
  void requestsAreRefusedUntilTheFirstSnapshotUnlessToldOtherwise() throws Exception {
    start(true, ENVIRONMENT);
    assertThat(Wire.get(connector.getLocalPort(), "/").status()).isEqualTo(503);
    feed.deliver(Proxies.snapshot(1, Proxies.open("/api/v1")));
    assertThat(Wire.get(connector.getLocalPort(), "/").text()).isEqualTo("open");
  }

  @Test
  void requestsPassBeforeTheFirstSnapshotIfTheParameterSaysSo() throws Exception {
    start(true, ENVIRONMENT + before("pass"));
    assertThat(Wire.get(connector.getLocalPort(), "/").text()).isEqualTo("open");
  }

  @Test
  void wrongBehaviourBeforeTheFirstSnapshotIsNamed() {
    assertThatThrownBy(() -> start(true, ENVIRONMENT + before("maybe")))
        .hasStackTraceContaining(
            "maintenance has the init parameter beforeFirstSnapshot='maybe'; allowed are 'refuse' and 'pass'");
  }

  private static String before(String value) {
    return "<init-param><param-name>beforeFirstSnapshot</param-name><param-value>%s</param-value></init-param>"
        .formatted(value);
  }

  @Test
  void missingFeedIsNamed() {
    assertThatThrownBy(() -> start(false, ENVIRONMENT))
        .hasStackTraceContaining(
            "maintenance needs a SnapshotFeed in the servlet context attribute 'dev.intermission.api.SnapshotFeed'");
  }

  @Test
  void missingEnvironmentIsNamed() {
    assertThatThrownBy(() -> start(true, ""))
        .hasStackTraceContaining("maintenance needs the init parameter 'environment'");
  }

  @Test
  void wrongCacheSizeIsNamed() {
    assertThatThrownBy(
            () ->
                start(
                    true,
                    ENVIRONMENT
                        + "<init-param><param-name>answerCacheBytes</param-name><param-value>1k</param-value></init-param>"))
        .hasStackTraceContaining("maintenance has the init parameter answerCacheBytes='1k'");
  }

  @Test
  void wrongWordForTheCountOfRequestsInFlightIsNamed() {
    assertThatThrownBy(
            () ->
                start(
                    true,
                    ENVIRONMENT
                        + "<init-param><param-name>countsInFlight</param-name><param-value>yes</param-value></init-param>"))
        .hasStackTraceContaining(
            "maintenance has the init parameter countsInFlight='yes'; allowed are 'true' and 'false'");
  }
}

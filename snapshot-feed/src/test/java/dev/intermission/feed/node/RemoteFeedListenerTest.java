package dev.intermission.feed.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the listener of a web application takes and refuses; ReadmeExamplesTest runs it. */
class RemoteFeedListenerTest {

  private static final String ATTRIBUTE = "dev.intermission.api.SnapshotFeed";
  private static final Map<String, String> TOKEN = Map.of("INTERMISSION_FEED_TOKEN", "imt_secret");

  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();

  RemoteFeedListenerTest(@TempDir Path folder) {
    parameters.put("intermission.feed.admins", "http://127.0.0.1:1, http://127.0.0.1:2/");
    parameters.put("intermission.feed.folder", folder.resolve("a/b").toString());
  }

  private ServletContextEvent event() {
    return new ServletContextEvent(
        (ServletContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getInitParameter" -> parameters.get((String) arguments[0]);
                      case "getContextPath" -> "/shop";
                      case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                      case "removeAttribute" -> attributes.remove((String) arguments[0]);
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
  }

  private void assertRefused(Map<String, String> environment, String message) {
    assertThatThrownBy(() -> new RemoteFeedListener(environment).contextInitialized(event()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("imt_");
    assertThat(attributes).isEmpty();
  }

  @Test
  void feedIsInTheContextUntilTheApplicationStops() {
    RemoteFeedListener listener = new RemoteFeedListener(TOKEN);
    listener.contextInitialized(event());
    assertThat(attributes.get(ATTRIBUTE)).isInstanceOf(RemoteFeed.class);
    assertThat(Path.of(parameters.get("intermission.feed.folder"))).isDirectory();
    listener.contextDestroyed(event());
    assertThat(attributes).isEmpty();
  }

  @Test
  void missingParameterIsNamed() {
    parameters.remove("intermission.feed.admins");
    assertRefused(TOKEN, "needs the context parameter 'intermission.feed.admins'");
  }

  @Test
  void wrongUrlIsNamedWithItsParameter() {
    parameters.put("intermission.feed.admins", "admin-1:9090");
    assertRefused(
        TOKEN, "The context parameter intermission.feed.admins: the admin node's address");
  }

  @Test
  void missingTokenIsNamedByItsVariables() {
    assertRefused(Map.of(), "in the variable INTERMISSION_FEED_TOKEN, or in the file that");
  }

  @Test
  void wrongTokenIsNamedByItsVariableAndNotShown() {
    assertRefused(
        Map.of("INTERMISSION_FEED_TOKEN", "imt_a b"),
        "INTERMISSION_FEED_TOKEN: The token has the character U+0020");
  }

  @Test
  void wrongNodeNameIsShown() {
    parameters.put("intermission.feed.node", "a b");
    assertRefused(TOKEN, "the node's name 'a b' is not allowed");
  }

  @Test
  void folderThatCannotBeCreatedIsNamed(@TempDir Path other) throws Exception {
    Path file = Files.createFile(other.resolve("file"));
    parameters.put("intermission.feed.folder", file.resolve("sub").toString());
    assertThatThrownBy(() -> new RemoteFeedListener(TOKEN).contextInitialized(event()))
        .hasMessageContaining("of the context parameter intermission.feed.folder can't be created");
  }
}

package dev.intermission.feed.node;

import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.TokenText;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.runtime.OwnerOnly;
import dev.intermission.runtime.SecretVariable;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a web application the feed of its admin nodes: makes a {@link RemoteFeed} when the
 * application starts, puts it into the servlet context attribute {@code
 * dev.intermission.api.SnapshotFeed}, where the maintenance filter finds it, and closes it when the
 * application stops. Name this class as a {@code listener} in the {@code web.xml}.
 *
 * <p>It takes these context parameters:
 *
 * <table>
 * <caption>Context parameters</caption>
 * <tr><td>{@value #ADMINS}</td><td>required: the admin nodes' URLs, separated by commas</td></tr>
 * <tr><td>{@value #FOLDER}</td><td>required: the folder in which this node keeps its last snapshot;
 * it is created if it does not exist, and only one application may use it at a time</td></tr>
 * <tr><td>{@value #NODE}</td><td>the node's name, unique among all live nodes; if it is left out,
 * the name is made of this machine's host name and the context path</td></tr>
 * </table>
 *
 * <p>The access token comes from the variable {@value #TOKEN}, or from the file that {@code
 * INTERMISSION_FEED_TOKEN_FILE} names. If a parameter or the token is missing or not allowed, the
 * application does not start; the exception says what to correct.
 */
public final class RemoteFeedListener implements ServletContextListener {

  /** The context parameter with the admin nodes' URLs. */
  public static final String ADMINS = "intermission.feed.admins";

  /** The context parameter with the folder for the node's snapshot. */
  public static final String FOLDER = "intermission.feed.folder";

  /** The context parameter with the node's name. */
  public static final String NODE = "intermission.feed.node";

  /** The environment variable with the access token. */
  public static final String TOKEN = "INTERMISSION_FEED_TOKEN";

  private static final String ATTRIBUTE = SnapshotFeed.class.getName();

  private final Map<String, String> environment;
  private @Nullable RemoteFeed feed;

  /** Makes a listener that takes the token from the environment of this process. */
  public RemoteFeedListener() {
    this(System.getenv());
  }

  RemoteFeedListener(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Makes the feed and puts it into the servlet context.
   *
   * @throws IllegalArgumentException if a parameter or the token is missing or not allowed
   * @throws UncheckedIOException if the folder can't be created
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    String[] urls = required(context, ADMINS).split(",");
    Path folder = Path.of(required(context, FOLDER));
    RemoteFeedOptions options =
        RemoteFeedOptions.of(
            Stream.of(urls).map(RemoteFeedListener::url).toList(), node(context), token());
    try {
      Files.createDirectories(folder, OwnerOnly.newFolder());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The folder '" + folder + "' of the context parameter " + FOLDER + " can't be created",
          e);
    }
    feed = new RemoteFeed(options, folder);
    context.setAttribute(ATTRIBUTE, feed);
  }

  private static URI url(String text) {
    try {
      return AdminAddress.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The context parameter " + ADMINS + ": " + e.getMessage(), e);
    }
  }

  private static String required(ServletContext context, String name) {
    String value = context.getInitParameter(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "The web application needs the context parameter '" + name + "'");
    }
    return value.strip();
  }

  private static String node(ServletContext context) {
    String name = context.getInitParameter(NODE);
    return name == null || name.isBlank()
        ? FeedProtocol.nodeNameHere(context.getContextPath())
        : name.strip();
  }

  private String token() {
    SecretVariable token = SecretVariable.read(environment, TOKEN);
    if (token == null) {
      throw new IllegalArgumentException(
          "The web application needs a token for the admin nodes in the variable "
              + TOKEN
              + ", or in the file that "
              + TOKEN
              + "_FILE names; './intermission token create' makes one");
    }
    try {
      return TokenText.require(token.value());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(token.variable() + ": " + e.getMessage(), e);
    }
  }

  /** Takes the feed out of the servlet context and closes it. */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    event.getServletContext().removeAttribute(ATTRIBUTE);
    if (feed != null) {
      feed.close();
    }
  }
}

package dev.intermission.gateway.config;

import dev.intermission.api.AddressRange;
import dev.intermission.runtime.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads configurations strictly: anything that it does not know is refused, never guessed. */
public final class ConfigReader {

  private static final Path WORKING_DIRECTORY = Path.of("");

  private ConfigReader() {}

  /**
   * Reads the given file, and replaces its values by those of options and variables. Only the role
   * gateway needs no file.
   *
   * @throws ConfigException under the conditions of {@link #read(Path, Given)}, or if a file is
   *     missing
   */
  public static GatewayConfig read(Given given) {
    String file = given.text(Key.CONFIG);
    if (file != null) {
      return read(Path.of(file), given);
    }
    if (!Role.GATEWAY.word().equalsIgnoreCase(given.text(Key.ROLE))) {
      throw new ConfigException(
          "Give the configuration file with "
              + Key.CONFIG.option()
              + " or the variable "
              + Key.CONFIG.variable()
              + "; only the role gateway runs without one",
          true);
    }
    return read("{}", given);
  }

  /**
   * Reads the file, and replaces its values by the given ones.
   *
   * @throws ConfigException if the file can't be read or has a fault; the message has a line for
   *     each fault
   */
  public static GatewayConfig read(Path file, Given given) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return read(text(file), file, folder == null ? file : folder, given);
  }

  /**
   * Reads a text, and replaces its values by the given ones. Relative paths are relative to the
   * working directory.
   *
   * @throws ConfigException if there is a fault
   */
  public static GatewayConfig read(String text, Given given) {
    return read(text, null, WORKING_DIRECTORY, given);
  }

  private static GatewayConfig read(String text, @Nullable Path file, Path folder, Given given) {
    Faults faults = new Faults(file);
    Node root = YamlText.read(text, faults);
    if (root == null) {
      faults.refuse();
    }
    if (!(root instanceof Node.Keys keys)) {
      Node found = root == null ? new Node.Refused(0) : root;
      faults.add(null, "", "found " + found.found() + ", allowed is a mapping of keys to values");
      faults.refuse();
      throw new IllegalStateException("the fault was told");
    }
    given.values().forEach((key, value) -> put(keys, key, value));
    return config(new Section(keys, "", faults, folder), faults);
  }

  /** Replaces the values of the file by the given ones. */
  private static void put(Node.Keys root, Key key, Given.Value value) {
    if (key.path() == null) {
      return;
    }
    Map<String, Node> at = root.entries();
    String[] names = key.path().split("[.]", -1);
    for (int i = 0; i < names.length - 1; i++) {
      if (!(at.computeIfAbsent(names[i], name -> new Node.Keys(new LinkedHashMap<>(), 0))
          instanceof Node.Keys below)) {
        return;
      }
      at = below.entries();
    }
    at.put(names[names.length - 1], new Node.Scalar(value.text(), true, 0, value, key));
  }

  private static GatewayConfig config(Section root, Faults faults) {
    Role role = or(root.get("role").oneOf(Role.values(), Role::word), Role.ALL);
    String environment = root.get("environment").text(GatewayConfig.ENVIRONMENT);
    String node = root.get("node").text();
    Front front = or(root.get("front").oneOf(Front.values(), Front::word), Front.HANDLER);
    Path data = PathValue.dataFolder(root.get("data"), GatewayConfig.DATA);
    String database = PathValue.database(root.get("database"));
    Duration shutdownDelay = root.get("shutdownDelay").delay(GatewayConfig.SHUTDOWN_DELAY);
    Duration shutdownTimeout = root.get("shutdownTimeout").duration(GatewayConfig.SHUTDOWN_TIMEOUT);
    Section clients = root.get("traffic").section();
    List<AddressRange> trustedProxies =
        clients.get("trustedProxies").list(ConfigReader::addressRange);
    Value drain = clients.get("drainTimeout");
    Duration drainTimeout = drain.isGiven() ? drain.delay(Duration.ZERO) : null;
    YamlCatalog catalog = YamlCatalogReader.read(root, role.hasAdminSide());
    LogConfig log = LogConfig.read(root, clients, catalog);
    ListenerConfig traffic = ListenerConfig.read(clients, ListenerConfig.TRAFFIC);
    Section operators = root.get("admin").section();
    MetricsAccess metrics =
        or(
            operators.get("metrics").oneOf(MetricsAccess.values(), MetricsAccess::word),
            MetricsAccess.OPEN);
    ListenerConfig admin = ListenerConfig.read(operators, ListenerConfig.ADMIN);
    UpstreamConfig upstream = UpstreamConfig.read(root.get("upstream").section());
    FeedConfig feed = FeedConfig.read(root.get("feed").section());
    root.end();
    root.check(() -> GatewayConfig.requireNode(node));
    root.check(() -> GatewayConfig.requireMetrics(role, metrics));
    root.check(() -> GatewayConfig.requireAccessLog(role, environment, log));
    boolean toldAlready = !faults.isEmpty() && role == Role.GATEWAY;
    if (!toldAlready) {
      root.check(() -> GatewayConfig.requireFeed(role, feed));
    }
    if (!catalog.environments().isEmpty()) {
      root.check(() -> GatewayConfig.requireEnvironment(role, environment, catalog));
    }
    faults.refuse();
    return new GatewayConfig(
        role,
        environment,
        node,
        front,
        data,
        database,
        shutdownDelay,
        shutdownTimeout,
        traffic,
        trustedProxies,
        drainTimeout,
        log,
        admin,
        metrics,
        upstream,
        feed,
        catalog);
  }

  private static @Nullable AddressRange addressRange(Value value) {
    String text = value.text();
    return text == null ? null : value.make(() -> addressRange(text));
  }

  private static AddressRange addressRange(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("found '" + text + "', which " + e.getMessage(), e);
    }
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ConfigException("The configuration file " + file + " " + FileFault.of(e), e);
    }
  }
}

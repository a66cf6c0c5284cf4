package dev.intermission.gateway.config;

import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the traffic log goes.
 *
 * @param accessLog where the line of each request goes that no settings say anything of: {@value
 *     #OFF}, {@value #STDOUT}, or the name of a connection
 * @param connections what log settings and {@code accessLog} can name
 */
public record LogConfig(String accessLog, List<LogConnection> connections) {

  /** Nothing is logged unless settings say so. */
  public static final String OFF = "off";

  /** A line for each request on standard output. */
  public static final String STDOUT = "stdout";

  /** No connections, and no line for each request. */
  public static final LogConfig NONE = new LogConfig(OFF, List.of());

  public LogConfig {
    connections = List.copyOf(connections);
    Set<String> names = new TreeSet<>();
    Set<Path> paths = new HashSet<>();
    for (LogConnection connection : connections) {
      String name = connection.name();
      if (name.equals(OFF) || name.equals(STDOUT)) {
        throw new KeyFault(
            "connections", "found the name '" + name + "', which accessLog has a meaning for");
      }
      if (!names.add(name)) {
        throw new KeyFault("connections", "found the name '" + name + "' twice");
      }
      if (connection.target() instanceof LogTarget.RollingFile file
          && !paths.add(file.path().toAbsolutePath().normalize())) {
        throw new KeyFault(
            "connections",
            "found the path '" + file.path() + "' twice; a file that rolls has one writer");
      }
    }
    if (!accessLog.equals(OFF) && !accessLog.equals(STDOUT) && !names.contains(accessLog)) {
      throw new KeyFault(
          "traffic.accessLog",
          "found '" + accessLog + "', allowed are off, stdout and the connections " + names);
    }
  }

  /** Returns the connections that gateways of an environment use. */
  public List<LogConnection> in(String environment) {
    return connections.stream().filter(one -> one.serves(environment)).toList();
  }

  /** Refuses an environment whose gateways do not use the connection of {@code accessLog}. */
  void requireAccessLogIn(String environment) {
    boolean isName = !accessLog.equals(OFF) && !accessLog.equals(STDOUT);
    List<String> names = in(environment).stream().map(LogConnection::name).toList();
    if (isName && !names.contains(accessLog)) {
      throw new KeyFault(
          "traffic.accessLog",
          "found '"
              + accessLog
              + "', a connection that gateways of '"
              + environment
              + "' do not use; allowed are off, stdout and the connections "
              + names);
    }
  }

  /** Reads the connections, and where the access log goes. */
  static LogConfig read(Section root, Section traffic, YamlCatalog catalog) {
    String accessLog = traffic.get("accessLog").text(OFF);
    List<LogConnection> connections =
        root.get("connections").list(item -> connection(item, catalog));
    List<LogConfig> read = new ArrayList<>();
    root.check(() -> read.add(new LogConfig(accessLog, connections)));
    return read.isEmpty() ? NONE : read.get(0);
  }

  private static @Nullable LogConnection connection(Value item, YamlCatalog catalog) {
    Section at = item.section();
    String name = at.get("name").required().text();
    Set<String> environments = new TreeSet<>(at.get("environments").list(one -> one.text()));
    LogTarget.Type type =
        at.get("type").required().oneOf(LogTarget.Type.values(), LogTarget.Type::name);
    if (type == null) {
      return null;
    }
    LogTarget target = LogTargets.read(item, at, type);
    at.end();
    if (!catalog.environments().isEmpty() && !catalog.environments().containsAll(environments)) {
      at.get("environments")
          .fault("found " + environments + ", allowed are " + catalog.environments());
    }
    return name == null || target == null
        ? null
        : item.make(() -> new LogConnection(name, environments, target));
  }
}

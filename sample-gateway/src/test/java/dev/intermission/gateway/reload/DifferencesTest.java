package dev.intermission.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.UpstreamConfig;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each key of the file that differs is told: what it changed to, or that it needs a restart. */
class DifferencesTest {

  private static final String CATALOG = "environments: [production]\nprojects: {}\nusers: {}\n";

  private static final List<String> CHANGED =
      List.of(
          "shutdownDelay: 7s",
          "shutdownTimeout: 7s",
          "traffic: {idleTimeout: 7s}",
          "traffic: {receiveTimeout: 7s}",
          "admin: {idleTimeout: 7s}",
          "admin: {receiveTimeout: 7s}",
          "upstream: {connectTimeout: 7s}",
          "upstream: {idleTimeout: 7s}",
          "upstream: {responseTimeout: 7s}",
          "upstream: {preserveHost: true}");

  private static final List<String> RESTART =
      List.of(
          "role: admin",
          "environment: staging",
          "node: other",
          "front: filter",
          "data: elsewhere",
          "database: \"jdbc:postgresql://127.0.0.1/x\"",
          "traffic: {host: 127.0.0.1}",
          "traffic: {port: 7777}",
          "traffic: {maxConnections: 77}",
          "traffic: {maxHeaderBytes: 7777}",
          "traffic: {http2: false}",
          "traffic: {tls: {certificate: a.pem, privateKey: b.pem}}",
          "traffic: {trustedProxies: [10.0.0.1]}",
          "traffic: {drainTimeout: 7s}",
          "admin: {host: 127.0.0.2}",
          "admin: {port: 7777}",
          "admin: {maxConnections: 77}",
          "admin: {maxHeaderBytes: 7777}",
          "admin: {http2: true}",
          "admin: {metrics: off}",
          "traffic: {accessLog: stdout}",
          "connections: [{name: out, type: STANDARD_OUTPUT}]",
          "admin: {tls: {certificate: a.pem, privateKey: b.pem}}",
          "upstream: {maxConnections: 77}",
          "accessUrls: {'production': https://api.example.com}");

  private static GatewayConfig read(String line) {
    String environments =
        line.startsWith("environment:")
            ? CATALOG.replace("[production]", "[production, staging]")
            : CATALOG;
    return ConfigReader.read(environments + line + "\n", Given.NOTHING);
  }

  /** Returns the name of a key, such as {@code traffic.port}. */
  private static String key(String line) {
    return line.replaceFirst("^(\\w+): \\{(\\w+):.*", "$1.$2").replaceFirst(":.*", "");
  }

  @Test
  void keysThatChangeAtOnceAreToldWithTheirValues() {
    GatewayConfig before = read("");
    for (String line : CHANGED) {
      GatewayConfig after = read(line);
      assertThat(Differences.changes(before, after))
          .as(line)
          .singleElement()
          .asString()
          .startsWith(key(line) + " changed from ");
      assertThat(Differences.restartRequired(before, after)).as(line).isEmpty();
    }
  }

  @Test
  void keysThatNeedARestartAreNamed() {
    GatewayConfig before = read("");
    for (String line : RESTART) {
      assertThat(Differences.restartRequired(before, read(line)))
          .as(line)
          .containsExactly(key(line));
    }
  }

  /** A key that is added to the file must be added here too. */
  @Test
  void noKeyOfTheFileIsForgotten() {
    Set<String> tested =
        Stream.concat(CHANGED.stream(), RESTART.stream())
            .map(DifferencesTest::key)
            .collect(Collectors.toSet());
    assertThat(tested)
        .containsAll(keys("traffic.", ListenerConfig.class))
        .containsAll(keys("admin.", ListenerConfig.class))
        .containsAll(keys("upstream.", UpstreamConfig.class))
        .contains("traffic.trustedProxies", "traffic.drainTimeout", "admin.metrics")
        .contains("traffic.accessLog", "connections");
    List<String> elsewhere =
        List.of(
            "traffic",
            "admin",
            "upstream",
            "trustedProxies",
            "drainTimeout",
            "log",
            "metrics",
            "feed",
            "catalog");
    assertThat(tested)
        .containsAll(
            keys("", GatewayConfig.class).stream()
                .filter(key -> !elsewhere.contains(key))
                .toList());
  }

  private static List<String> keys(String section, Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .map(section::concat)
        .toList();
  }
}

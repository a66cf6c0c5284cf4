package dev.intermission.trafficlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Observation;
import dev.intermission.trafficlog.capture.Outcome;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import dev.intermission.trafficlog.delivery.Delivery;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TrafficLogTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ProxyId PROXY = new ProxyId("P", "A");

  @TempDir Path folder;

  private LogConnection connection(String name) {
    return new LogConnection(
        name, Set.of(), new LogTarget.RollingFile(folder.resolve(name), 1, 1, 1));
  }

  private static Snapshot snapshot(long version, @Nullable TrafficLogSettings settings) {
    ProxyParts parts =
        settings == null ? ProxyParts.NONE : ProxyParts.NONE.withTrafficLog(settings, null);
    ApiProxy proxy =
        ApiProxy.of(PROXY, "/a", new RoutingAddress(URI.create("http://up:1"), 1, false));
    return new Snapshot(
        "e",
        version,
        Map.of(PROXY, new DeployedProxy(proxy, version, MaintenanceSettings.DEFAULT, parts)));
  }

  private static TrafficLogSettings settings(PrivacyDefinition... definitions) {
    ConnectorLogSettings to =
        new ConnectorLogSettings(
            true,
            ConnectorLogSettings.INHERITED.parts(),
            ConnectorLogSettings.INHERITED.metadata(),
            ConnectorLogSettings.INHERITED.bounded(),
            Map.of(LogRegion.RESPONSE_TO_CLIENT, 100),
            null,
            List.of(definitions));
    return new TrafficLogSettings(
        Set.of(LogPart.BODY_RESPONSE_TO_CLIENT), Map.of("one", to, "unknown", to), List.of());
  }

  private static CapturedExchange exchange(int pathLength) {
    return new CapturedExchange(
        Instant.EPOCH,
        null,
        "e",
        PROXY,
        null,
        "GET",
        "/".repeat(pathLength),
        "HTTP/1.1",
        null,
        "127.0.0.1",
        Outcome.SUCCESS,
        null,
        null,
        200,
        null,
        0,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        0,
        0,
        new CapturedTimes(0, 0, 0, 0, 0));
  }

  @Test
  void logIsOnWhereSettingsNameAConnectionThatIsThere() {
    try (TrafficLog log = new TrafficLog(null, List.of(connection("one")), Map.of())) {
      assertThat(log.isOn()).isFalse();
      log.take(snapshot(1, settings()));
      assertThat(log.isOn()).isTrue();
      CaptureWish wish = Objects.requireNonNull(log.begin(PROXY, "GET")).wish();
      assertThat(wish.characters(LogRegion.RESPONSE_TO_CLIENT)).isEqualTo(100);
      assertThat(wish.characters(LogRegion.RESPONSE_FROM_TARGET)).isZero();
      assertThat(log.begin(null, "GET")).isNull();
      log.take(snapshot(2, TrafficLogSettings.DEFAULT));
      assertThat(log.isOn()).isFalse();
      assertThat(log.begin(PROXY, "GET")).isNull();
    }
  }

  @Test
  void accessLogIsForRequestsThatNoSettingsSayAnythingOf() {
    LogConnection one = connection("one");
    try (TrafficLog log = new TrafficLog(one, List.of(one), Map.of())) {
      assertThat(log.isOn()).isTrue();
      log.take(snapshot(1, null));
      assertThat(Objects.requireNonNull(log.begin(PROXY, "GET")).wish().parts()).isEmpty();
      log.take(snapshot(2, TrafficLogSettings.DEFAULT));
      assertThat(log.begin(PROXY, "GET")).isNull();
      assertThat(log.begin(null, "GET")).isNotNull();
    }
  }

  @Test
  void definitionThatCantBeUsedStopsTheLog() {
    PrivacyDefinition wrong =
        new PrivacyDefinition(
            null,
            true,
            PrivacyPattern.REGEX,
            null,
            "(",
            PrivacyOperation.MASK,
            PrivacyDefinition.Mask.DEFAULT);
    try (TrafficLog log = new TrafficLog(null, List.of(connection("one")), Map.of())) {
      log.take(snapshot(1, settings(wrong)));
      assertThat(log.isOn()).isFalse();
    }
  }

  @Test
  void whatIsPrivateStaysSoInARequestWhoseApiIsUndeployed() throws Exception {
    PrivacyDefinition slashes =
        new PrivacyDefinition(
            null,
            true,
            PrivacyPattern.REGEX,
            null,
            "/{20}",
            PrivacyOperation.MASK,
            PrivacyDefinition.Mask.DEFAULT);
    LogConnection one = connection("one");
    try (TrafficLog log = new TrafficLog(one, List.of(one), Map.of())) {
      log.take(snapshot(1, settings(slashes)));
      Observation observation = Objects.requireNonNull(log.begin(PROXY, "GET"));
      log.take(new Snapshot("e", 2, Map.of()));
      observation.finished(exchange(20));
    }
    assertThat(Files.readString(folder.resolve("one")))
        .contains("\"hr1pi\":\"***\"")
        .doesNotContain("//");
  }

  @Test
  void secretThatCantBeAFieldIsRefusedWithoutItsValue() {
    LogConnection webhook =
        new LogConnection(
            "w",
            Set.of(),
            new LogTarget.Webhook(
                URI.create("http://127.0.0.1:9/"),
                "POST",
                Map.of(),
                Map.of("Authorization", "VARIABLE"),
                Duration.ofSeconds(1)));
    assertThatThrownBy(
            () -> new TrafficLog(null, List.of(webhook), Map.of("VARIABLE", "s3cr3t\u20ac")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The variable VARIABLE, for the field Authorization of the connection 'w', holds other characters than visible ASCII");
  }

  @Test
  void droppedRecordsAreToldWithTheirNumber() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(DropReport.class);
    logger.addAppender(lines);
    Files.createDirectory(folder.resolve("one"));
    try (TrafficLog log = new TrafficLog(null, List.of(connection("one")), Map.of())) {
      log.take(snapshot(1, settings()));
      CapturedExchange large = exchange(1 << 20);
      Observation observation = Objects.requireNonNull(log.begin(PROXY, "GET"));
      for (int i = 0; i < 100; i++) {
        observation.finished(large);
      }
      Delivery delivery = log.deliveries().iterator().next();
      await().atMost(LONG).until(() -> !lines.list.isEmpty());
      assertThat(lines.list.get(0).getFormattedMessage())
          .isEqualTo(
              "The connection 'one' of the traffic log has taken too few records: %d were dropped, %d since the start"
                  .formatted(delivery.dropped(), delivery.dropped()));
      assertThat(delivery.dropped() + delivery.waiting()).isEqualTo(100);
      // It is told once for a minute.
      observation.finished(large);
      await().atMost(LONG).until(() -> delivery.dropped() + delivery.waiting() == 101);
      assertThat(lines.list).hasSize(1);
      Files.delete(folder.resolve("one"));
    } finally {
      logger.detachAppender(lines);
    }
  }

  @Test
  void connectionThatIsMissingIsToldOnce() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(TrafficLog.class);
    logger.addAppender(lines);
    try (TrafficLog log = new TrafficLog(null, List.of(connection("one")), Map.of())) {
      log.take(snapshot(1, settings()));
      log.take(snapshot(2, settings()));
      log.take(snapshot(3, settings(PrivacyDefinition.ofElement("a"))));
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly(
              "Log settings name the connection 'unknown', which this gateway does not have: nothing is logged there");
      log.take(snapshot(4, null));
      log.take(snapshot(5, settings()));
      assertThat(lines.list).hasSize(2);
    } finally {
      logger.detachAppender(lines);
    }
  }
}

package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the behaviour suites share: a store that knows {@link TestCatalog#small()}. */
abstract class StoreBehaviour {

  static final Instant NOW = Instant.parse("2026-07-01T10:00:00.123Z");
  static final MaintenanceSettings CLOSED =
      new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "Back at noon, naïvely");
  static final Function<SavedSettings, MaintenanceSettings> CLOSE = saved -> CLOSED;
  static final Function<SavedSettings, MaintenanceSettings> KEEP = SavedSettings::settings;
  static final DeploymentRequest PRODUCTION = DeploymentRequest.to("production");
  static final DeploymentRequest STAGING = DeploymentRequest.to("staging");

  /** Opened with a clock that stands at {@link #NOW} and some nanoseconds. */
  JdbcStore store;

  /** Opens the same database again, each time with connections of its own. */
  abstract JdbcStore open(Clock clock, Retention retention);

  JdbcStore open(Clock clock) {
    return open(clock, Retention.DEFAULT);
  }

  @BeforeEach
  void openAndApply() {
    store = open(Clock.fixed(NOW.plusNanos(456), ZoneOffset.UTC));
    store.settings().apply(TestCatalog.small(), AUTHOR);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }
}

package dev.intermission.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every behaviour, kept in SQLite. */
class SqliteStoreTest {

  private final Path folder;

  SqliteStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private JdbcStore sqlite(Clock clock, Retention retention) {
    return JdbcStore.open(StoreConfig.inFolder(folder).withRetention(retention), clock);
  }

  @Nested
  class Settings extends SettingsBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Trials extends TrialBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Catalogs extends CatalogBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Snapshots extends SnapshotBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Tokens extends TokenBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Histories extends HistoryBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Audits extends AuditBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class NodesReporting extends NodeBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Notices extends ChangesBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Parts extends PartsBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class TrafficLog extends TrafficLogBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Trace extends TraceBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class Overview extends OverviewBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class ManyAtOnce extends OperationBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }
  }

  @Nested
  class TraceRecords extends TraceRecordsBehaviour {
    @Override
    JdbcStore open(Clock clock, Retention retention) {
      return sqlite(clock, retention);
    }

    @Override
    StoreConfig config() {
      return StoreConfig.inFolder(folder);
    }
  }
}

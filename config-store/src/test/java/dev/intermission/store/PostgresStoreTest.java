package dev.intermission.store;

import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every behaviour, kept in PostgreSQL. */
@ExtendWith(SharedPostgres.class)
class PostgresStoreTest {

  private final StoreConfig database;

  PostgresStoreTest(StoreConfig database) {
    this.database = database;
  }

  private JdbcStore postgres(Clock clock) {
    return JdbcStore.open(database, clock);
  }

  @Nested
  class Settings extends SettingsBehaviour {
    @Override
    JdbcStore open(Clock clock) {
      return postgres(clock);
    }
  }

  @Nested
  class Catalogs extends CatalogBehaviour {
    @Override
    JdbcStore open(Clock clock) {
      return postgres(clock);
    }
  }

  @Nested
  class Snapshots extends SnapshotBehaviour {
    @Override
    JdbcStore open(Clock clock) {
      return postgres(clock);
    }
  }

  @Nested
  class Tokens extends TokenBehaviour {
    @Override
    JdbcStore open(Clock clock) {
      return postgres(clock);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyBehaviour {
    @Override
    JdbcStore open(Clock clock) {
      return postgres(clock);
    }
  }
}

package dev.intermission.store;

import org.junit.jupiter.api.extension.ExtendWith;

/** Every behaviour, kept in PostgreSQL. */
@ExtendWith(SharedPostgres.class)
class PostgresStoreTest extends PostgresBehaviours {

  PostgresStoreTest(StoreConfig database) {
    super(database);
  }
}

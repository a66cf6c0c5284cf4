package dev.intermission.store;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.intermission.postgres.LocalPgBouncer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every behaviour, kept in PostgreSQL behind PgBouncer in transaction mode. All connections share a
 * few sessions of the server, so what one left in a session would meet another.
 */
@Tag("slow")
@ExtendWith(SharedPgBouncer.class)
class PgBouncerStoreTest extends PostgresBehaviours {

  PgBouncerStoreTest(StoreConfig database) {
    super(database);
  }

  @BeforeAll
  static void requirePgBouncer() throws InterruptedException {
    if (!LocalPgBouncer.isAvailable()) {
      String missing = "PgBouncer is missing; install the package pgbouncer";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
  }
}

package dev.intermission.store;

import dev.intermission.api.store.Author;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that changes something on behalf of an author.
 *
 * @param id unique, and in the audit log once it is committed
 * @param author who asked for it
 * @param time when, in whole milliseconds
 * @param operation the operation that it is, null if it changes one proxy or the catalog
 */
record Change(String id, Author author, Instant time, @Nullable String operation) {

  static Change by(Author author, Clock clock) {
    return new Change(
        UUID.randomUUID().toString(), author, clock.instant().truncatedTo(ChronoUnit.MILLIS), null);
  }

  /** Makes an operation, which has the id of its transaction. */
  static Change ofMany(Author author, Clock clock) {
    Change change = by(author, clock);
    return new Change(change.id, author, change.time, change.id);
  }
}

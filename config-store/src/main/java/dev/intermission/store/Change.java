package dev.intermission.store;

import dev.intermission.api.store.Author;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * A transaction that changes something on behalf of an author.
 *
 * @param id unique, and in the audit log once it is committed
 * @param author who asked for it
 * @param time when, in whole milliseconds
 */
record Change(String id, Author author, Instant time) {

  static Change by(Author author, Clock clock) {
    return new Change(
        UUID.randomUUID().toString(), author, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}

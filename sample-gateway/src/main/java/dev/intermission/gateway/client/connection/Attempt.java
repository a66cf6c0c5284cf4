package dev.intermission.gateway.client.connection;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request that was sent to admin nodes.
 *
 * @param answer the answer that counts, or null if there is none
 * @param unsure whether a copy of the request was sent whose outcome is not known
 * @param faults why there is no answer, a line for each node
 */
record Attempt(@Nullable ApiAnswer answer, boolean unsure, String faults) {

  /** Returns what became of it once it was sent again because of this answer. */
  Attempt then(Attempt next) {
    String all =
        Stream.of(faults, next.faults)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Attempt(next.answer, unsure || next.unsure, all);
  }
}

package dev.intermission.admin.http;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the management API.
 *
 * @param status its status
 * @param fields the header fields besides those of every answer
 * @param body a {@link Document}, a {@link Stream}, a {@link Later}, or what is written as JSON, or
 *     null for no body
 * @param note the description of the outcome for the log of a call that changed nothing
 * @param changes what the call changed, for the log
 */
public record Reply(
    int status,
    Map<String, String> fields,
    @Nullable Object body,
    String note,
    List<LoggedChange> changes) {

  public Reply {
    fields = Map.copyOf(fields);
    changes = List.copyOf(changes);
  }

  public static Reply ok(Object body) {
    return new Reply(200, Map.of(), body, "", List.of());
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), null, "", List.of());
  }

  /**
   * Returns an answer that comes later, without a thread that waits for it. It is cancelled when
   * the caller is known to be gone.
   */
  public static Reply later(CompletableFuture<Reply> reply) {
    return new Reply(200, Map.of(), new Later(reply), "", List.of());
  }

  /** Returns this answer with one more header field. */
  public Reply with(String field, String value) {
    Map<String, String> more = new HashMap<>(fields);
    more.put(field, value);
    return new Reply(status, more, body, note, changes);
  }

  /** Returns this answer with a note for the log. */
  public Reply noting(String text) {
    return new Reply(status, fields, body, text, changes);
  }

  /** Returns this answer with what the call changed. */
  public Reply changing(List<LoggedChange> made) {
    return new Reply(status, fields, body, note, made);
  }

  /**
   * Takes the place of the body of an answer that is not there yet; the whole answer comes later.
   */
  public record Later(CompletableFuture<Reply> reply) {}

  /** A body that is sent as it is, in UTF-8. */
  public record Document(String mediaType, String text) {}

  /** A body that is written later, when the thread of the request is free again. */
  public record Stream(String mediaType, Writing writing) {}

  /** What writes the body of a {@link Stream}. */
  @FunctionalInterface
  public interface Writing {

    /**
     * Begins to write, without blocking. It is not called for a HEAD.
     *
     * @param response what is written to, and completed at the end
     * @throws IOException if the client is gone
     */
    void begin(AsyncContext response) throws IOException;
  }

  /** An answer to a read, for clients of both published generations (contract section 1). */
  public record Results(String status, boolean success, List<?> resultList, int resultCount) {
    public static Results of(List<?> results) {
      return new Results("SUCCESS", true, results, results.size());
    }
  }
}

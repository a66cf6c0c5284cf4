package dev.intermission.api.trace;

import dev.intermission.api.ProxyId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a list tells of a record (contract section 12). Nothing of it is private any more.
 *
 * @param id unique among all records
 * @param proxy the API that the request was for
 * @param time when the request came, by the gateway's clock
 * @param method of the request; of a long one the beginning, up to {@link #LONGEST_TEXT} characters
 * @param path of the request, as it was sent, without the query; cut in the same way
 * @param status that the client got; 0 if it got none
 * @param result {@code SUCCESS}, {@code BLOCKED} or {@code ERROR}
 * @param target where it was sent, or {@code apinizer://maintenance}, or null; cut in the same way
 * @param millis how long all of it took
 */
public record TraceLine(
    String id,
    ProxyId proxy,
    Instant time,
    String method,
    String path,
    int status,
    String result,
    @Nullable String target,
    long millis) {

  /** How much of a method, path or target a list has; the document of the record has all of it. */
  public static final int LONGEST_TEXT = 8192;

  public TraceLine {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(result, "result");
    method = cut(method);
    path = cut(path);
    target = target == null ? null : cut(target);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}

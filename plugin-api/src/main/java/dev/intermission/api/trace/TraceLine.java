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
 * @param method of the request
 * @param path of the request, as it was sent, without the query
 * @param status that the client got; 0 if it got none
 * @param result {@code SUCCESS}, {@code BLOCKED} or {@code ERROR}
 * @param target where it was sent, or {@code apinizer://maintenance}, or null
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

  public TraceLine {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(result, "result");
  }
}

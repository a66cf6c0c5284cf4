package dev.intermission.gateway.client.tracing;

import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records of an API proxy are asked for (contract section 12); null stands for all.
 *
 * @param from only those of this time and later
 * @param environment only those of this environment
 * @param status only those with this status
 * @param minMillis only those that took at least so long
 * @param path only those whose path begins with this text
 */
public record RecordQuery(
    @Nullable Instant from,
    @Nullable String environment,
    @Nullable Integer status,
    @Nullable Long minMillis,
    @Nullable String path) {

  /** Returns the same for records from this time on. */
  public RecordQuery from(Instant time) {
    return new RecordQuery(time, environment, status, minMillis, path);
  }

  /** Returns the path and the query of a page of the list, counted from 1. */
  public String page(ProxyName proxy, int page, int size) {
    StringBuilder target =
        new StringBuilder(proxy.traces())
            .append("?page=")
            .append(page)
            .append("&size=")
            .append(size);
    add(target, "from", from);
    add(target, "environmentName", environment);
    add(target, "status", status);
    add(target, "minMillis", minMillis);
    add(target, "path", path);
    return target.toString();
  }

  private static void add(StringBuilder target, String name, @Nullable Object value) {
    if (value != null) {
      target.append('&').append(name).append('=').append(ManagementApi.encoded(value.toString()));
    }
  }
}

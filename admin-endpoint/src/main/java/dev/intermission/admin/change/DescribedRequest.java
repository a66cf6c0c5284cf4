package dev.intermission.admin.change;

import dev.intermission.api.BypassToken;
import dev.intermission.api.CorrelationId;
import dev.intermission.api.IpAddress;
import dev.intermission.gate.RequestHead;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request that nobody sends, described by a dry run. */
final class DescribedRequest implements RequestHead {

  private final String method;
  private final String path;
  private final @Nullable String host;
  private final @Nullable IpAddress address;
  private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Takes what a dry run says of it.
   *
   * @param path its path, if the dry run says nothing of it
   * @param host its host, or null if none matters
   */
  DescribedRequest(DryRun dryRun, String path, @Nullable String host) {
    method = dryRun.method();
    this.path = dryRun.path() == null ? path : dryRun.path();
    this.host = host;
    address = dryRun.address() == null ? null : IpAddress.parse(dryRun.address());
    put("Accept", dryRun.accept());
    put("Origin", dryRun.origin());
    put(BypassToken.HEADER, dryRun.bypass());
    put(CorrelationId.HEADER, dryRun.correlationId());
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /** Returns what of it is repeated in the answer. */
  DryRunReport.Request shown() {
    return new DryRunReport.Request(method, path);
  }

  String path() {
    return path;
  }

  @Nullable String host() {
    return host;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public @Nullable String query() {
    return null;
  }

  @Override
  public @Nullable IpAddress address() {
    return address;
  }

  @Override
  public @Nullable String contentType() {
    return null;
  }

  @Override
  public @Nullable String field(String name) {
    return fields.get(name);
  }

  @Override
  public void eachField(BiConsumer<String, String> reader) {
    fields.forEach(reader);
  }
}

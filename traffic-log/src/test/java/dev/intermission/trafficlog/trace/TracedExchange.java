package dev.intermission.trafficlog.trace;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import dev.intermission.trafficlog.capture.CapturedBody;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedField;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exchanges as a gateway captures them, and the snapshots that they are captured for. */
final class TracedExchange {

  static final ProxyId PROXY = new ProxyId("P", "A");

  private TracedExchange() {}

  /** A message with these fields, each {@code name: value}. */
  static CapturedMessage message(@Nullable String query, @Nullable String body, String... fields) {
    List<CapturedField> all = new ArrayList<>();
    for (String field : fields) {
      String[] parts = field.split(": ", 2);
      all.add(new CapturedField(parts[0], parts[1]));
    }
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    return new CapturedMessage(query, all, new CapturedBody(bytes, true, bytes.length));
  }

  static CapturedExchange of(String path) {
    return of(PROXY, path, message(null, null), message(null, null));
  }

  static CapturedExchange of(
      @Nullable ProxyId proxy, String path, CapturedMessage request, CapturedMessage response) {
    return new CapturedExchange(
        Instant.parse("2026-11-26T10:00:00.514506694Z"),
        "id",
        "e",
        proxy,
        "/a",
        "POST",
        path,
        "HTTP/1.1",
        "host",
        "127.0.0.1",
        Outcome.SUCCESS,
        null,
        null,
        200,
        "http://up:1" + path,
        200,
        request,
        request,
        response,
        response,
        0,
        0,
        new CapturedTimes(CapturedTimes.NEVER, 1_000_000, 2_000_000, 5_000_000, 7_000_000));
  }

  static Snapshot snapshot(long version, ProxyParts parts, ProxyId... others) {
    Map<ProxyId, DeployedProxy> proxies = new HashMap<>();
    for (ProxyId id : others.length == 0 ? new ProxyId[] {PROXY} : others) {
      ApiProxy proxy =
          ApiProxy.of(id, "/" + id.name(), new RoutingAddress(URI.create("http://up:1"), 1, false));
      proxies.put(id, new DeployedProxy(proxy, version, MaintenanceSettings.DEFAULT, parts));
    }
    return new Snapshot("e", version, proxies);
  }
}

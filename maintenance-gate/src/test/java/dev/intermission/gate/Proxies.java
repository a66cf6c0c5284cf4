package dev.intermission.gate;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes what a test serves. */
public final class Proxies {

  private Proxies() {}

  /** Returns an open proxy at this path. */
  public static DeployedProxy open(String path) {
    return new DeployedProxy(proxy(path, List.of()), 1, MaintenanceSettings.DEFAULT);
  }

  /** Returns a closed proxy at this path. */
  public static DeployedProxy closed(String path, int status, String contentType, String message) {
    return new DeployedProxy(
        proxy(path, List.of()),
        1,
        new MaintenanceSettings(true, status, ContentType.parse(contentType), message));
  }

  /** Returns a closed proxy that answers 503 with the path as its message. */
  public static DeployedProxy closed(String path) {
    return closed(path, 503, "text/plain", path);
  }

  /** Returns a closed proxy of one host that answers 503 with the path as its message. */
  public static DeployedProxy closedAt(String host, String path) {
    return new DeployedProxy(
        proxy(path, List.of(host)),
        1,
        new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), path));
  }

  /** Returns a definition; a proxy's name is its path, with its hosts before it. */
  public static ApiProxy proxy(String path, List<String> hosts) {
    return new ApiProxy(
        new ProxyId("test", hosts + path),
        "",
        "REST",
        List.of(path),
        hosts,
        List.of(new RoutingAddress(URI.create("http://upstream"), 1, false)),
        List.of(),
        "PRIVATE",
        false);
  }

  /** Returns a snapshot of these proxies. */
  public static Snapshot snapshot(long version, DeployedProxy... proxies) {
    return new Snapshot(
        "production",
        version,
        Arrays.stream(proxies).collect(Collectors.toMap(DeployedProxy::id, Function.identity())));
  }
}

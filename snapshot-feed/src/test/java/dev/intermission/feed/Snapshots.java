package dev.intermission.feed;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.net.URI;
import java.util.List;

/** Literal snapshots of the environment "production". */
public final class Snapshots {

  static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");

  private Snapshots() {}

  public static DeployedProxy myApi(long revision, String message) {
    return new DeployedProxy(
        new ApiProxy(
            MY_API,
            "My \"API\"",
            "REST",
            List.of("/api/v1"),
            List.of("api.example"),
            List.of(new RoutingAddress(URI.create("http://127.0.0.1:8081/x"), 3, true)),
            List.of("public"),
            "PRIVATE",
            false),
        revision,
        new MaintenanceSettings(
            true, 503, ContentType.parse("text/plain;  charset=UTF-8"), message));
  }

  public static SnapshotDelta delta(long from, long version, DeployedProxy... deployed) {
    return new SnapshotDelta("production", from, version, List.of(deployed), List.of());
  }

  public static Snapshot snapshot(long version, DeployedProxy... deployed) {
    return Snapshot.empty("production").plus(delta(0, version, deployed));
  }
}

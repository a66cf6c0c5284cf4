package dev.intermission.admin.trace;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.util.Map;

/** The calls about which requests of an API are recorded (contract section 12). */
public record TraceSettingsCalls(
    Admission admission, SettingsStore store, Deployments deployments, Clock clock) {

  /** Returns the resource at each path below that of a proxy. */
  public Map<String, Resource> resources(String proxy) {
    return Map.of(
        proxy + "/settings/trace", new TraceSettingsResource(admission, store, deployments, clock));
  }
}

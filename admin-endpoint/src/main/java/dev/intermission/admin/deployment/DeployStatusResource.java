package dev.intermission.admin.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the deployment status of a proxy in one environment (contract section 4). */
public final class DeployStatusResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final Clock clock;

  public DeployStatusResource(Admission admission, SettingsStore store, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    admission.member(call);
    ProxyId id = admission.proxy(call);
    return store.status(id).stream()
        .filter(status -> status.environment().equals(call.environment()))
        .findFirst()
        .map(status -> Reply.ok(Reply.Results.of(List.of(Line.of(status, clock.instant())))))
        .orElseThrow(() -> Refusal.unknownEnvironment(call.environment()));
  }

  private record Line(
      boolean deployed,
      @Nullable String lastDeployTime,
      @Nullable Long revision,
      boolean redeployRequired,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MaintenanceInForce maintenance) {

    static Line of(DeploymentStatus status, Instant now) {
      return new Line(
          status.deployed(),
          status.lastDeployTime() == null ? null : status.lastDeployTime().toString(),
          status.revision(),
          status.redeployRequired(),
          MaintenanceInForce.of(status.settings(), now));
    }
  }
}

package dev.intermission.admin.catalog;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The proxies of a project (contract section 4). */
public final class ApiProxiesResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final Clock clock;

  public ApiProxiesResource(Admission admission, SettingsStore store, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    admission.member(call);
    String project = call.project();
    Map<ProxyId, List<DeploymentStatus>> statuses = store.statuses(project);
    Instant now = clock.instant();
    return Reply.ok(
        Reply.Results.of(
            store.proxies(project).stream()
                .map(
                    proxy ->
                        Line.of(
                            proxy,
                            InEnvironment.all(statuses.getOrDefault(proxy.id(), List.of()), now)))
                .toList()));
  }

  /** A proxy in the list; it shows the first of several paths. */
  private record Line(
      String name,
      String description,
      String type,
      String relativePath,
      boolean soapToRest,
      ClientRoute clientRoute,
      List<InEnvironment> deploymentList) {

    static Line of(ApiProxy proxy, List<InEnvironment> deployments) {
      return new Line(
          proxy.id().name(),
          proxy.description(),
          proxy.type(),
          proxy.relativePathList().get(0),
          proxy.soapToRest(),
          ClientRoute.of(proxy),
          deployments);
    }
  }
}

package dev.intermission.admin.catalog;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SettingsStore;
import java.util.List;
import java.util.Map;

/** A proxy in detail (contract section 4). There are no policies that a client could ask for. */
public final class ApiProxyResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;

  public ApiProxyResource(Admission admission, SettingsStore store) {
    this.admission = admission;
    this.store = store;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    admission.member(call);
    ProxyId id = call.proxyId();
    ApiProxy proxy = store.proxy(id).orElseThrow(() -> Refusal.unknownProxy(id.name()));
    return Reply.ok(Reply.Results.of(List.of(Detail.of(proxy, store.status(id)))));
  }

  private record Detail(
      String name,
      String description,
      String apiType,
      List<String> categoryList,
      String sharingType,
      ClientRoute clientRoute,
      Routing routing,
      List<String> endpointList,
      List<InEnvironment> deploymentList) {

    static Detail of(ApiProxy proxy, List<DeploymentStatus> statuses) {
      return new Detail(
          proxy.id().name(),
          proxy.description(),
          proxy.type(),
          proxy.categoryList(),
          proxy.sharingType(),
          new ClientRoute(proxy.relativePathList(), proxy.hostList()),
          new Routing(
              true,
              proxy.routing().stream()
                  .map(
                      address ->
                          new Address(
                              address.address().toString(),
                              address.weight(),
                              address.healthMonitoringEnabled()))
                  .toList()),
          List.of(),
          statuses.stream()
              .map(
                  status ->
                      new InEnvironment(
                          status.environment(), status.deployed(), status.redeployRequired()))
              .toList());
    }
  }

  private record ClientRoute(List<String> relativePathList, List<String> hostList) {}

  private record Routing(boolean routingEnabled, List<Address> routingAddressList) {}

  private record Address(String address, int weight, boolean healthMonitoringEnabled) {}

  private record InEnvironment(
      String environmentName, boolean deployed, boolean redeployRequired) {}
}

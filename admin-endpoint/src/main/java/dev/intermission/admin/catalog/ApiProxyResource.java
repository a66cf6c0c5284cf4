package dev.intermission.admin.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A proxy in detail (contract section 4). This gateway has no policies: their lists are empty. */
public final class ApiProxyResource implements Resource {

  private static final String POLICIES = "withPolicies";

  private final Admission admission;
  private final SettingsStore store;
  private final Clock clock;

  public ApiProxyResource(Admission admission, SettingsStore store, Clock clock) {
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
    ProxyId id = call.proxyId();
    boolean withPolicies = call.query(POLICIES).isSet(POLICIES);
    ApiProxy proxy = store.proxy(id).orElseThrow(() -> Refusal.unknownProxy(id.name()));
    return Reply.ok(
        Reply.Results.of(
            List.of(
                Detail.of(
                    proxy, InEnvironment.all(store.status(id), clock.instant()), withPolicies))));
  }

  /**
   * A proxy.
   *
   * @param type the same as apiType; each of the published generations reads one of them
   */
  private record Detail(
      String name,
      String description,
      String apiType,
      String type,
      boolean soapToRest,
      List<String> categoryList,
      String sharingType,
      ClientRoute clientRoute,
      Routing routing,
      List<Endpoint> endpointList,
      List<InEnvironment> deploymentList) {

    static Detail of(ApiProxy proxy, List<InEnvironment> deployments, boolean withPolicies) {
      return new Detail(
          proxy.id().name(),
          proxy.description(),
          proxy.type(),
          proxy.type(),
          proxy.soapToRest(),
          proxy.categoryList(),
          proxy.sharingType(),
          ClientRoute.of(proxy),
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
          List.of(Endpoint.all(withPolicies ? List.of() : null)),
          deployments);
    }
  }

  /** The only endpoint of each proxy: all that is below its paths. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Endpoint(
      String endpoint,
      String httpMethod,
      boolean active,
      @Nullable List<String> requestPolicyList,
      @Nullable List<String> responsePolicyList,
      @Nullable List<String> errorPolicyList) {

    static Endpoint all(@Nullable List<String> policies) {
      return new Endpoint("/*", "ALL", true, policies, policies, policies);
    }
  }

  private record Routing(boolean routingEnabled, List<Address> routingAddressList) {}

  private record Address(String address, int weight, boolean healthMonitoringEnabled) {}
}

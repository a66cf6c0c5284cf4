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
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/** Where clients call a proxy in each environment (contract section 4). */
public final class InvokeInfoResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;
  private final AccessUrls accessUrls;

  public InvokeInfoResource(Admission admission, SettingsStore store, AccessUrls accessUrls) {
    this.admission = admission;
    this.store = store;
    this.accessUrls = accessUrls;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    admission.member(call);
    call.query();
    ProxyId id = call.proxyId();
    ApiProxy proxy = store.proxy(id).orElseThrow(() -> Refusal.unknownProxyWithName(id.name()));
    List<String> paths =
        proxy.relativePathList().stream().map(InvokeInfoResource::encoded).toList();
    return Reply.ok(
        Reply.Results.of(
            store.status(id).stream().map(status -> inEnvironment(status, paths)).toList()));
  }

  private InEnvironment inEnvironment(DeploymentStatus status, List<String> paths) {
    String url = accessUrls.of(status.environment());
    return new InEnvironment(
        status.environment(),
        url,
        "",
        paths,
        List.of("ALL"),
        url.isEmpty() ? List.of() : List.of(url.substring(0, url.indexOf(':'))),
        status.deployed());
  }

  /** Returns a path as it stands in a URL. */
  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Each path can be encoded", e);
    }
  }

  private record InEnvironment(
      String environmentName,
      String gatewayBaseUrl,
      String rootContext,
      List<String> fullPaths,
      List<String> methods,
      List<String> schemes,
      boolean deployed) {}
}

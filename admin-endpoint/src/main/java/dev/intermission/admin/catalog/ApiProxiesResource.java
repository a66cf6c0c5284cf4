package dev.intermission.admin.catalog;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.store.SettingsStore;
import java.util.Map;

/** The proxies of a project (contract section 4). */
public final class ApiProxiesResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;

  public ApiProxiesResource(Admission admission, SettingsStore store) {
    this.admission = admission;
    this.store = store;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    admission.member(call);
    return Reply.ok(
        Reply.Results.of(store.proxies(call.project()).stream().map(Line::of).toList()));
  }

  /** A proxy in the list; it shows the first of several paths. */
  private record Line(
      String name,
      String description,
      String type,
      String relativePath,
      boolean soapToRest,
      ClientRoute clientRoute) {

    static Line of(ApiProxy proxy) {
      return new Line(
          proxy.id().name(),
          proxy.description(),
          proxy.type(),
          proxy.relativePathList().get(0),
          proxy.soapToRest(),
          ClientRoute.of(proxy));
    }
  }
}

package dev.intermission.admin.catalog;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.SettingsStore;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The environments: all of them, of each project too, since each can be deployed to each (contract
 * section 4).
 */
public final class EnvironmentsResource implements Resource {

  private final Consumer<Call> admission;
  private final SettingsStore store;
  private final AccessUrls accessUrls;

  /** Makes it for the callers who pass the admission. */
  public EnvironmentsResource(
      Consumer<Call> admission, SettingsStore store, AccessUrls accessUrls) {
    this.admission = admission;
    this.store = store;
    this.accessUrls = accessUrls;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    admission.accept(call);
    call.query();
    return Reply.ok(
        Reply.Results.of(
            store.environments().stream()
                .sorted()
                .map(name -> Environment.of(name, accessUrls.of(name)))
                .toList()));
  }

  /**
   * An environment.
   *
   * @param id the same as the name, like environmentName; each of the published generations reads
   *     one of them
   * @param deployed of a proxy, and null here, like redeployRequired
   */
  private record Environment(
      String id,
      String environmentName,
      String name,
      String description,
      String type,
      String accessUrl,
      String status,
      @Nullable Boolean deployed,
      @Nullable Boolean redeployRequired) {

    static Environment of(String name, String accessUrl) {
      return new Environment(
          name, name, name, "", "PRODUCTION", accessUrl, "PUBLISHED", null, null);
    }
  }
}

package dev.intermission.admin.catalog;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.User;
import dev.intermission.api.store.SettingsStore;
import java.util.Map;

/** The projects of which the caller is a member (contract section 4). */
public final class ProjectsResource implements Resource {

  private final Admission admission;
  private final SettingsStore store;

  public ProjectsResource(Admission admission, SettingsStore store) {
    this.admission = admission;
    this.store = store;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::list);
  }

  private Reply list(Call call) {
    User user = admission.user(call);
    call.query();
    return Reply.ok(
        Reply.Results.of(
            store.projects().stream()
                .filter(user::isMemberOf)
                .sorted()
                .map(name -> new Project(name, ""))
                .toList()));
  }

  private record Project(String name, String description) {}
}

package dev.intermission.admin.access;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.Right;
import dev.intermission.api.User;
import dev.intermission.api.store.SettingsStore;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose token it is, and what it may do (contract section 4). */
public final class MeResource implements Resource {

  private static final List<Right> ACTIONS =
      List.of(Right.VIEW, Right.MANAGE, Right.DEPLOY_UNDEPLOY);

  private final Admission admission;
  private final SettingsStore store;

  public MeResource(Admission admission, SettingsStore store) {
    this.admission = admission;
    this.store = store;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    User user = admission.user(call);
    call.query();
    List<InProject> projects =
        store.projects().stream()
            .filter(user::isMemberOf)
            .sorted()
            .map(project -> InProject.of(project, user))
            .toList();
    List<String> roles = user.systemAdministrator() ? List.of("SYSTEM_ADMINISTRATOR") : List.of();
    return Reply.ok(Reply.Results.of(List.of(new Me(user.name(), roles, projects))));
  }

  private record Me(String username, List<String> roles, List<InProject> projects) {}

  private record InProject(String name, List<String> roles, List<Pair> rights) {

    static InProject of(String project, User user) {
      Set<Right> held = user.rights().getOrDefault(project, Set.of());
      Right administrator = Right.PROJECT_ADMINISTRATOR;
      return new InProject(
          project,
          held.contains(administrator) ? List.of(administrator.name()) : List.of(),
          ACTIONS.stream()
              .filter(right -> user.may(right, project))
              .map(right -> new Pair("API_MANAGEMENT", right.name()))
              .toList());
    }
  }

  private record Pair(String category, String action) {}
}

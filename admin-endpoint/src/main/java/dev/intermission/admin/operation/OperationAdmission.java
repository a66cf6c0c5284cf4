package dev.intermission.admin.operation;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.Right;
import dev.intermission.api.User;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.SettingsStore;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Checks the access of callers to operations, at a path with a project or at the one for several.
 */
final class OperationAdmission {

  private final Admission admission;
  private final SettingsStore store;
  private final boolean ofProject;

  OperationAdmission(Admission admission, SettingsStore store, boolean ofProject) {
    this.admission = admission;
    this.store = store;
    this.ofProject = ofProject;
  }

  /** Returns whether the path names a project. */
  boolean ofProject() {
    return ofProject;
  }

  /**
   * Admits a caller to reading.
   *
   * @return tells the projects whose proxies the caller sees here
   */
  Predicate<String> reader(Call call) {
    if (ofProject) {
      admission.member(call);
      return call.project()::equals;
    }
    return admission.user(call)::isMemberOf;
  }

  /**
   * Admits a caller who may change and deploy in the project of the path; at the path for several
   * projects any user, whose rights are then checked by {@link #requireRights}.
   */
  User changer(Call call) {
    if (!ofProject) {
      return admission.user(call);
    }
    Admission.Caller caller = admission.holder(call, Right.MANAGE);
    caller.require(Right.DEPLOY_UNDEPLOY);
    return caller.user();
  }

  /**
   * Requires both rights in each project.
   *
   * @throws Refusal if one is missing, or there is no such project
   */
  void requireRights(User user, Collection<String> projects) {
    for (String project : projects) {
      if (!user.isMemberOf(project) || !store.projectExists(project)) {
        throw Refusal.unknownProject(project);
      }
    }
    for (Right right : new Right[] {Right.MANAGE, Right.DEPLOY_UNDEPLOY}) {
      if (!projects.stream().allMatch(project -> user.may(right, project))) {
        throw Refusal.missing(right);
      }
    }
  }

  /**
   * Returns the operation of the path.
   *
   * @param projects those whose proxies the caller sees
   * @throws Refusal if none of its proxies is among them
   */
  static Operation operation(OperationStore operations, Call call, Predicate<String> projects) {
    String id = call.name("operation");
    return operations
        .operation(id)
        .filter(
            found ->
                found.proxies().stream().anyMatch(proxy -> projects.test(proxy.id().project())))
        .orElseThrow(() -> Refusal.unknownOperation(id));
  }
}

package dev.intermission.admin.overview;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.User;
import dev.intermission.api.store.SettingsStore;

/**
 * Refuses filters by what does not exist: a misspelt name must not look like a project or an
 * environment in which nothing is closed.
 */
record KnownNames(SettingsStore store) {

  /**
   * Requires that the project and the environment of the query exist. A user who may see no project
   * learns no environments either.
   *
   * @throws Refusal if one does not exist, or the user may not see it
   */
  void require(OverviewQuery query, User user) {
    String project = query.project();
    if (project != null && (!user.isMemberOf(project) || !store.projectExists(project))) {
      throw Refusal.unknownProject(project);
    }
    String environment = query.environment();
    boolean seesAny = user.systemAdministrator() || !user.rights().isEmpty();
    if (environment != null && seesAny && !store.environments().contains(environment)) {
      throw Refusal.unknownEnvironment(environment);
    }
  }
}

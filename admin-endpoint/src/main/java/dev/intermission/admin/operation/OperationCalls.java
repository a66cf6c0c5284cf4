package dev.intermission.admin.operation;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.change.DryRuns;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.http.Resource;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.SettingsStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The calls about operations (contract section 10), each at a path with a project and at one for
 * several projects.
 *
 * @param messageLimit the most bytes that an encoded message may have
 */
public record OperationCalls(
    Admission admission,
    SettingsStore store,
    OperationStore operations,
    Deployments deployments,
    DryRuns dryRuns,
    int messageLimit,
    Clock clock) {

  private static final String OF_PROJECT = "projects/{project}/maintenance-operations";
  private static final String OF_SEVERAL = "maintenance-operations";

  /** Returns the resource at each path. */
  public Map<String, Resource> resources() {
    Map<String, Resource> resources = new LinkedHashMap<>();
    for (String path : new String[] {OF_PROJECT, OF_SEVERAL}) {
      OperationAdmission access = new OperationAdmission(admission, store, path.equals(OF_PROJECT));
      MadeOperations made = new MadeOperations(deployments, dryRuns);
      resources.put(
          path, new OperationsResource(access, operations, deployments, made, messageLimit, clock));
      resources.put(path + "/{operation}", new OperationResource(access, operations));
      resources.put(
          path + "/{operation}/undo", new UndoResource(access, operations, deployments, made));
    }
    return resources;
  }
}

package dev.intermission.admin.operation;

import dev.intermission.admin.deployment.DeploymentDescription;
import dev.intermission.admin.maintenance.MaintenanceBody;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.json.JsonText;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The parsed body of a request for an operation (contract section 10).
 *
 * @param projects the projects that are named in {@code select}
 * @param settings what is to be merged into the saved settings of each proxy
 */
record OperationBody(
    List<String> projects,
    Selection selection,
    MaintenanceBody settings,
    Set<String> environments,
    String description) {

  private static final String SELECT = "select";
  private static final String PROJECTS = "projects";
  private static final String SETTINGS = "settings";
  private static final String ENVIRONMENTS = "environments";
  private static final List<String> COMMANDS =
      List.of("deploy", "deployTargetEnvironmentNameList", "description");

  /** Returns the projects that the body names, or none if it names them in another way. */
  static List<String> projects(JsonValue json) {
    JsonValue select = new StrictReader(json).read(SELECT, JsonType.OBJECT);
    return select == null
        ? List.of()
        : Selection.list(new StrictReader(select).read(PROJECTS, JsonType.STRING.array()));
  }

  /**
   * Reads the fields.
   *
   * @param ofProject whether the path names the project, and the body does not
   * @throws InvalidSettingsException with every fault that does not depend on a proxy
   */
  static OperationBody read(JsonValue json, boolean ofProject, int messageLimit, Instant now) {
    StrictReader reader = new StrictReader(json);
    JsonValue select = reader.read(SELECT, JsonType.OBJECT);
    JsonValue settings = reader.read(SETTINGS, JsonType.OBJECT);
    List<String> environments = reader.read(ENVIRONMENTS, JsonType.STRING.array());
    String description = DeploymentDescription.read(reader);
    for (String name : List.of(SELECT, SETTINGS, ENVIRONMENTS)) {
      if (reader.isAbsent(name)) {
        reader.fault(name, "is required");
      }
    }
    if (environments != null && environments.isEmpty()) {
      reader.fault(ENVIRONMENTS, "is empty; allowed are the names of one or more environments");
    }
    List<FieldError> faults = new ArrayList<>(reader.faults());
    List<String> projects = List.of();
    Selection selection = new Selection(List.of(), List.of(), List.of());
    if (select != null) {
      StrictReader selecting = new StrictReader(select);
      if (!ofProject) {
        projects = Selection.list(selecting.read(PROJECTS, JsonType.STRING.array()));
      }
      selection = Selection.read(selecting);
      List<FieldError> ofSelect = prefixed(SELECT, selecting.faults());
      faults.addAll(ofSelect);
      if (ofSelect.isEmpty()) {
        faults.addAll(missing(ofProject, projects, selection));
      }
    }
    JsonValue merged = settings == null ? JsonText.object("{}") : settings;
    for (String command : COMMANDS) {
      if (merged.members().containsKey(command)) {
        faults.add(new FieldError(SETTINGS + "." + command, "is not a field of settings"));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return new OperationBody(
        projects,
        selection,
        new MaintenanceBody(merged, false, messageLimit, now),
        Set.copyOf(Selection.list(environments)),
        description == null ? DeploymentRequest.DEPLOYED : description);
  }

  private static List<FieldError> missing(
      boolean ofProject, List<String> projects, Selection selection) {
    if (ofProject && selection.isEmpty()) {
      return List.of(
          new FieldError(
              SELECT, "selects nothing; allowed are names, categories and upstreamHosts"));
    }
    return ofProject || !projects.isEmpty()
        ? List.of()
        : List.of(
            new FieldError(
                SELECT + "." + PROJECTS, "is required, with the names of one or more projects"));
  }

  /**
   * Returns the saved settings of a proxy changed as the body asks.
   *
   * @throws InvalidSettingsException with every fault of what they would be
   */
  MaintenanceSettings applyTo(ProxyId id, MaintenanceSettings saved) {
    try {
      return settings.applyTo(saved);
    } catch (InvalidSettingsException e) {
      List<FieldError> faults =
          e.errors().stream()
              .map(fault -> new FieldError(fault.field(), fault.message() + ", for " + id))
              .toList();
      throw new InvalidSettingsException(prefixed(SETTINGS, faults));
    }
  }

  private static List<FieldError> prefixed(String object, List<FieldError> faults) {
    return faults.stream()
        .map(
            fault ->
                fault.field().isEmpty()
                    ? fault
                    : new FieldError(object + "." + fault.field(), fault.message()))
        .toList();
  }
}

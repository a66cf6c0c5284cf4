package dev.intermission.admin.change;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.intermission.admin.change.DryRunReport.InForce;
import dev.intermission.admin.change.DryRunReport.TakingNode;
import dev.intermission.admin.change.DryRunReport.Values;
import dev.intermission.admin.http.Preconditions;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.Trial;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.NodeView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers dry runs (contract section 8). Thread-safe. */
public final class DryRuns {

  private static final String NOTHING_CHANGED = "This was a dry run; nothing was changed.";

  private final SettingsStore store;
  private final AdminFeed feed;
  private final Clock clock;

  public DryRuns(SettingsStore store, AdminFeed feed, Clock clock) {
    this.store = store;
    this.feed = feed;
    this.clock = clock;
  }

  /**
   * Returns what a change would do.
   *
   * @param trial the change that was tried, with the deployments that it would make
   * @param what what it would have done, in the words of the log
   */
  public Reply reply(DryRun dryRun, ProxyId id, Trial<List<Deployment>> trial, List<String> what) {
    ApiProxy proxy = store.proxy(id).orElseThrow(() -> Refusal.unknownProxy(id.name()));
    ProxyParts parts =
        store.parts(id).orElse(ProxyParts.NONE).withAdmissionSalt(store.admissionSalt());
    Instant now = clock.instant();
    MaintenanceSettings after = settingsAfter(trial);
    ResponsePreviews.Outcome outcome = ResponsePreviews.of(proxy, after, parts, dryRun, now);
    Map<String, Long> revisions =
        trial.outcome().stream()
            .collect(
                toMap(
                    Deployment::environment,
                    Deployment::revision,
                    (one, other) -> one,
                    LinkedHashMap::new));
    List<TakingNode> nodes = nodes(revisions.keySet());
    DryRunReport report =
        new DryRunReport(
            "SUCCESS",
            true,
            NOTHING_CHANGED,
            true,
            FieldChange.between(
                trial.before().saved().settings(), trial.after().saved().settings()),
            inForce(trial, revisions, now),
            proxy.relativePathList(),
            proxy.hostList(),
            nodes,
            outcome.request(),
            outcome.passes() != null,
            outcome.passes(),
            outcome.response(),
            warnings(
                new Advice(proxy, trial.before().deployed(), now), trial, dryRun, outcome, nodes));
    return Reply.ok(report)
        .noting("would have " + String.join(" and ", what) + "; nothing was changed")
        .with("ETag", Preconditions.etag(trial.before().saved()));
  }

  /**
   * Returns what an operation would do.
   *
   * @param trials the changes that were tried, ordered by project and name
   * @param warnings those that the operation would be answered with
   * @param what what it would have done, in the words of the log
   */
  public Reply reply(List<Trial<Operation.Changed>> trials, List<Warning> warnings, String what) {
    Instant now = clock.instant();
    List<OperationReport.Proxy> proxies =
        trials.stream().map(trial -> OperationReport.Proxy.of(trial, now)).toList();
    SortedSet<String> environments = new TreeSet<>();
    trials.forEach(
        trial ->
            trial.outcome().deployments().forEach(made -> environments.add(made.environment())));
    return Reply.ok(
            new OperationReport(
                "SUCCESS",
                true,
                NOTHING_CHANGED,
                true,
                List.of(),
                0,
                proxies,
                nodes(environments),
                warnings))
        .noting("would have " + what + "; nothing was changed");
  }

  /** Returns the settings that the change is about, or null where it takes them out of force. */
  private static @Nullable MaintenanceSettings settingsAfter(Trial<List<Deployment>> trial) {
    boolean undeploys = trial.outcome().stream().anyMatch(made -> !made.deployed());
    return undeploys ? null : trial.after().saved().settings();
  }

  /**
   * Returns how a proxy would stand in each environment.
   *
   * @param made the revision of what would be made, by environment
   */
  static List<InForce> inForce(Trial<?> trial, Map<String, Long> made, Instant now) {
    List<InForce> all = new ArrayList<>();
    List<DeploymentStatus> afterwards = trial.after().deployed();
    for (int i = 0; i < afterwards.size(); i++) {
      DeploymentStatus before = trial.before().deployed().get(i);
      DeploymentStatus after = afterwards.get(i);
      if (before.deployed() || after.deployed()) {
        all.add(
            new InForce(
                after.environment(),
                new Values<>(before.deployed(), after.deployed()),
                new Values<>(isClosed(before, now), isClosed(after, now)),
                new Values<>(
                    before.revision(),
                    // An undeployment is no deployment in force.
                    made.getOrDefault(after.environment(), after.revision())),
                new Values<>(before.redeployRequired(), after.redeployRequired()),
                FieldChange.between(before.settings(), after.settings())));
      }
    }
    return all;
  }

  private static boolean isClosed(DeploymentStatus status, Instant now) {
    MaintenanceSettings settings = status.settings();
    return settings != null && settings.isClosedAt(now);
  }

  private static List<Warning> warnings(
      Advice advice,
      Trial<List<Deployment>> trial,
      DryRun dryRun,
      ResponsePreviews.Outcome outcome,
      List<TakingNode> nodes) {
    MaintenanceSettings after = settingsAfter(trial);
    List<Warning> warnings = new ArrayList<>();
    if (after != null) {
      warnings.addAll(advice.on(after, trial.outcome()));
    }
    ShownResponse response = outcome.response();
    if (dryRun.origin() != null && response != null && !response.isReadableByPages()) {
      warnings.add(
          new Warning(
              "PREFLIGHT_NOT_READABLE",
              "A page of this origin can read neither this response nor the one to its preflight, and sees a network error; name the origin in corsAllowedOrigins."));
    }
    nodes.stream()
        .filter(TakingNode::behind)
        .collect(groupingBy(TakingNode::environment, TreeMap::new, toList()))
        .forEach((environment, behind) -> warnings.add(behind(environment, behind)));
    return warnings;
  }

  private static Warning behind(String environment, List<TakingNode> behind) {
    return new Warning(
        "GATEWAYS_BEHIND",
        "Gateways of "
            + environment
            + " do not serve yet what is in force, and may take this change late too: "
            + behind.stream().map(TakingNode::name).collect(joining(", "))
            + ".");
  }

  /** Returns the live gateways of the environments, in their order. */
  private List<TakingNode> nodes(Collection<String> environments) {
    List<TakingNode> nodes = new ArrayList<>();
    for (String environment : environments) {
      long version = store.version(environment);
      feed.nodes(environment).stream()
          .filter(NodeView::live)
          .map(node -> new TakingNode(environment, node.name(), node.servedVersion() < version))
          .forEach(nodes::add);
    }
    return nodes;
  }
}

package dev.intermission.store;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.OverviewChanges;
import dev.intermission.api.store.ProxyChanges;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SavedTrace;
import dev.intermission.api.store.SavedTrafficLog;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.Trial;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The catalog's state and the settings in a database; each table has a class that reads it. */
final class JdbcSettings implements SettingsStore {

  private final CatalogReader catalog;
  private final SettingsUpdates deployments;
  private final PartsUpdates parts;
  private final TrafficLogTable trafficLogs;
  private final TraceUpdates traces;
  private final Statuses statuses;
  private final Snapshots snapshots;
  private final Overviews overviews;

  JdbcSettings(
      Database database,
      SettingsUpdates deployments,
      PartsUpdates parts,
      TrafficLogTable trafficLogs,
      TraceUpdates traces) {
    this.deployments = deployments;
    this.parts = parts;
    this.trafficLogs = trafficLogs;
    this.traces = traces;
    catalog = new CatalogReader(database);
    statuses = new Statuses(database);
    snapshots = new Snapshots(database);
    overviews = new Overviews(database);
  }

  @Override
  public void apply(ProxyCatalog catalog, Author author) {
    deployments.apply(catalog, author);
  }

  @Override
  public Set<String> environments() {
    return catalog.environments();
  }

  @Override
  public Set<String> projects() {
    return catalog.projects();
  }

  @Override
  public boolean projectExists(String project) {
    return catalog.projectExists(project);
  }

  @Override
  public List<ApiProxy> proxies(String project) {
    return catalog.proxies(project);
  }

  @Override
  public Optional<ApiProxy> proxy(ProxyId id) {
    return catalog.proxy(id);
  }

  @Override
  public Optional<SavedSettings> settings(ProxyId id) {
    return deployments.settings(id);
  }

  @Override
  public Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author) {
    return deployments.update(id, change, deployTo, author);
  }

  @Override
  public Optional<Deployment> undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    return deployments.undeploy(id, request, condition, author);
  }

  @Override
  public <T> Trial<T> tryOut(ProxyId id, Function<ProxyChanges, T> work) {
    return deployments.tryOut(id, work);
  }

  @Override
  public Optional<ProxyParts> parts(ProxyId id) {
    return parts.parts(id);
  }

  @Override
  public Map<String, Long> updateParts(
      ProxyId id,
      UnaryOperator<ProxyParts> change,
      Consumer<SavedSettings> condition,
      Author author) {
    return parts.update(id, change, condition, author);
  }

  @Override
  public SortedMap<String, SavedTrafficLog> trafficLogs(ProxyId id) {
    return trafficLogs.of(id);
  }

  @Override
  public TrafficLogUpdate updateTrafficLogs(
      ProxyId id,
      Set<String> environments,
      BiFunction<String, SavedTrafficLog, TrafficLogSettings> change,
      Author author) {
    return trafficLogs.update(id, environments, change, author);
  }

  @Override
  public Optional<ProxyTrace> trace(ProxyId id) {
    return traces.of(id);
  }

  @Override
  public TraceUpdate updateTrace(
      ProxyId id,
      BiFunction<SavedTrace, SavedSettings, NewTrace> change,
      List<DeploymentRequest> deployTo,
      Author author) {
    return traces.update(id, change, deployTo, author);
  }

  @Override
  public AdmissionSalt admissionSalt() {
    return snapshots.salt();
  }

  @Override
  public List<DeploymentStatus> status(ProxyId id) {
    return statuses.status(id);
  }

  @Override
  public Map<ProxyId, List<DeploymentStatus>> statuses(String project) {
    return statuses.ofProject(project);
  }

  @Override
  public Instant now() {
    return overviews.now();
  }

  @Override
  public long newestChange() {
    return overviews.newestChange();
  }

  @Override
  public OverviewChanges overviewSince(long change) {
    return overviews.since(change);
  }

  @Override
  public long version(String environment) {
    return snapshots.version(environment);
  }

  @Override
  public SnapshotDelta changesSince(String environment, long version) {
    return snapshots.changesSince(environment, version);
  }
}

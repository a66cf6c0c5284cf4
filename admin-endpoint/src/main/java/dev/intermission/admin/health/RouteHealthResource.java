package dev.intermission.admin.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.http.Warning;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.HeardCounts;
import dev.intermission.feed.server.NodeView;
import dev.intermission.json.Excerpt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers what each gateway of an environment really serves of a proxy now (contract section 4).
 */
public final class RouteHealthResource implements Resource, AutoCloseable {

  private static final String WAIT = "waitDrained";
  private static final int LONGEST_WAIT = 25;
  static final List<String> METHODS = List.of("ALL");

  /** Callers put it before the path. */
  static final String ROOT_CONTEXT = "";

  private final Admission admission;
  private final SettingsStore store;
  private final DeploymentHistory history;
  private final AdminFeed feed;
  private final Clock clock;
  private final DrainWaits<Health> waits;

  public RouteHealthResource(
      Admission admission,
      SettingsStore store,
      DeploymentHistory history,
      AdminFeed feed,
      Clock clock) {
    this.admission = admission;
    this.store = store;
    this.history = history;
    this.feed = feed;
    this.clock = clock;
    waits = new DrainWaits<>(feed, key -> health(key.proxy(), key.environment()), Health::drained);
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("GET", this::read);
  }

  private Reply read(Call call) {
    String user = admission.member(call).user().name();
    Duration wait =
        call.query(WAIT).value(WAIT).map(RouteHealthResource::wait).orElse(Duration.ZERO);
    ProxyId id = call.proxyId();
    String environment = call.environment();
    Health present = health(id, environment);
    return wait.isZero() || present.drained()
        ? reply(present)
        : Reply.later(later(new DrainWaits.Key(id, environment), user, wait, call));
  }

  private CompletableFuture<Reply> later(
      DrainWaits.Key key, String user, Duration longest, Call call) {
    CompletableFuture<Health> seen = waits.until(key, user, longest);
    CompletableFuture<Reply> reply = seen.thenApply(health -> answer(health, call));
    CompletableFuture<Reply> unused = reply.whenComplete((answer, failure) -> seen.cancel(false));
    return reply;
  }

  /**
   * Answers all calls that wait, and from now on every call at once. To be called before a
   * container that waits for requests in flight is stopped.
   */
  public void endWaits() {
    waits.end();
  }

  /** Ends the thread of the calls that wait. */
  @Override
  public void close() {
    waits.close();
  }

  /** The token may have been revoked, or have expired, while the call waited. */
  private Reply answer(Health health, Call call) {
    admission.member(call);
    return reply(health);
  }

  private static Duration wait(String text) {
    int seconds = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
    if (seconds < 1 || seconds > LONGEST_WAIT) {
      throw Refusal.badRequest(
          WAIT
              + " is '"
              + Excerpt.of(text)
              + "'; allowed is a whole number of seconds from 1 to "
              + LONGEST_WAIT);
    }
    return Duration.ofSeconds(seconds);
  }

  private static Reply reply(Health health) {
    return Reply.ok(Reply.Results.of(List.of(health)));
  }

  private Health health(ProxyId id, String environment) {
    ApiProxy proxy = store.proxy(id).orElseThrow(() -> Refusal.unknownProxyWithName(id.name()));
    // The gateways are read before the store, so that the store knows every version that a gateway
    // has; and their counts after them, so that these are not older than what they serve.
    List<NodeView> nodes = feed.nodes(environment);
    Map<String, HeardCounts> counts = feed.counts(environment);
    DeploymentStatus status =
        store.status(id).stream()
            .filter(s -> s.environment().equals(environment))
            .findFirst()
            .orElseThrow(() -> Refusal.unknownEnvironment(environment));
    Timeline timeline = new Timeline(status, history.deployments(id), store.version(environment));
    Instant now = clock.instant();
    Drain drain = new Drain(id, status, timeline, counts);
    List<Pod> pods = nodes.stream().map(node -> Pod.of(node, proxy, drain, now)).toList();
    boolean isClosed = drain.isClosed(now);
    List<Warning> obstacles = isClosed ? drain.obstacles(nodes) : List.of();
    return Health.of(
        proxy, status, isClosed && obstacles.isEmpty(), obstacles, pods, warnings(nodes));
  }

  private static List<Warning> warnings(List<NodeView> nodes) {
    return nodes.stream().filter(NodeView::live).flatMap(node -> warning(node).stream()).toList();
  }

  private static Optional<Warning> warning(NodeView node) {
    return node.clockDifference()
        .map(
            difference ->
                new Warning(
                    "CLOCK_OFFSET",
                    "The clock of the gateway " + node.name() + " " + difference + "."));
  }

  /**
   * The record of the answer.
   *
   * @param routeActive whether every live gateway serves the route, and there is one
   * @param servedPath null where no live gateway serves the route
   * @param podsResponded how many gateways are live
   * @param podsActive how many of them serve the route
   * @param deployedInManager whether the store has it deployed, with the revision
   * @param inconsistent whether a live gateway has something else
   * @param drained whether nothing is in flight that passed because it was open
   * @param notDrained why that is not known of a proxy that is closed
   */
  private record Health(
      boolean routeActive,
      @Nullable String servedPath,
      List<String> methods,
      String apinizerRootContext,
      long podsResponded,
      long podsActive,
      boolean deployedInManager,
      @Nullable Long revision,
      boolean inconsistent,
      boolean drained,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> notDrained,
      List<Pod> pods,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {

    static Health of(
        ApiProxy proxy,
        DeploymentStatus status,
        boolean drained,
        List<Warning> notDrained,
        List<Pod> pods,
        List<Warning> warnings) {
      List<Pod> live = pods.stream().filter(Pod::active).toList();
      long serving = live.stream().filter(Pod::serves).count();
      return new Health(
          serving > 0 && serving == live.size(),
          serving > 0 ? proxy.relativePathList().get(0) : null,
          METHODS,
          ROOT_CONTEXT,
          live.size(),
          serving,
          status.deployed(),
          status.deployed() ? status.revision() : null,
          live.stream().anyMatch(Pod::inconsistent),
          drained,
          notDrained,
          pods,
          warnings);
    }
  }
}

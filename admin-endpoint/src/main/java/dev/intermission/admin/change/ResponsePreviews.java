package dev.intermission.admin.change;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Snapshot;
import dev.intermission.api.Window;
import dev.intermission.gate.Answer;
import dev.intermission.gate.AnswerPreview;
import dev.intermission.gate.Decision;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Passage;
import dev.intermission.json.Excerpt;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gateway would do with a request to a proxy: decided by a gate like those of gateways. */
final class ResponsePreviews {

  private static final GateOptions OPTIONS = GateOptions.DEFAULTS.withAnswerCacheBytes(0);

  private static final List<String> HEALTH =
      List.of("/health", "/healthz", "/ready", "/actuator/health");

  private ResponsePreviews() {}

  /**
   * What becomes of a request.
   *
   * @param request the request, with what the dry run does not say of it
   * @param passes why it passes, or null if it is answered
   * @param response the answer; also that of a request that passes until the maintenance begins
   */
  record Outcome(
      DryRunReport.Request request, @Nullable Reason passes, @Nullable ShownResponse response) {

    private static Outcome passing(DescribedRequest request, Reason why) {
      return new Outcome(request.shown(), why, null);
    }

    private static Outcome answered(DescribedRequest request, Answer answer) {
      return new Outcome(
          request.shown(), null, ShownResponse.of(AnswerPreview.of(answer, request)));
    }
  }

  /** Why a request passes. */
  enum Reason {
    OPEN,
    BEFORE_START,
    EXEMPT,
    ADDRESS,
    ADMITTED,
    BYPASS,
    NOT_DEPLOYED;

    private static Reason of(Passage passage) {
      return switch (passage) {
        case OPEN -> OPEN;
        case EXEMPT -> EXEMPT;
        case EXEMPT_CLIENT -> ADDRESS;
        case ADMITTED -> ADMITTED;
        case BYPASSED -> BYPASS;
        case CLOSED -> throw new IllegalArgumentException("what is closed does not pass");
      };
    }
  }

  /**
   * Returns what becomes of a request.
   *
   * @param settings those in force, or null for none
   * @throws InvalidSettingsException if the path of the request does not belong to the proxy
   */
  static Outcome of(
      ApiProxy proxy,
      @Nullable MaintenanceSettings settings,
      ProxyParts parts,
      DryRun dryRun,
      Instant now) {
    DescribedRequest request = request(proxy, dryRun);
    requireOf(proxy, request, now);
    if (settings == null) {
      return Outcome.passing(request, Reason.NOT_DEPLOYED);
    }
    DeployedProxy deployed = new DeployedProxy(proxy, 1, settings, parts);
    Outcome outcome = at(now, deployed, request);
    Moment start = settings.window().startsAt();
    if (outcome.passes() != Reason.OPEN || !settings.enabled() || start == null) {
      return outcome;
    }
    return settings.window().hasStarted(now)
        ? outcome
        : new Outcome(
            request.shown(),
            Reason.BEFORE_START,
            at(start.instant(), deployed, request).response());
  }

  /**
   * Returns the paths at which monitors often ask for the health of an API and which are closed, or
   * none if one of them is not: then somebody has thought of them.
   */
  static List<String> closedHealthPaths(ApiProxy proxy, MaintenanceSettings settings, Instant now) {
    List<String> closed = new ArrayList<>();
    DeployedProxy deployed =
        new DeployedProxy(proxy, 1, settings.withWindow(Window.NONE), ProxyParts.NONE);
    for (String health : HEALTH) {
      DescribedRequest request = request(proxy, DryRun.get(path(proxy, health)));
      if (at(now, deployed, request).passes() != null) {
        return List.of();
      }
      closed.add(request.path());
    }
    return closed;
  }

  private static String path(ApiProxy proxy, String below) {
    String path = proxy.relativePathList().get(0);
    return encoded(path.equals("/") ? below : path + below);
  }

  private static DescribedRequest request(ApiProxy proxy, DryRun dryRun) {
    List<String> hosts = proxy.hostList();
    return new DescribedRequest(
        dryRun, encoded(proxy.relativePathList().get(0)), hosts.isEmpty() ? null : hosts.get(0));
  }

  private static void requireOf(ApiProxy proxy, DescribedRequest request, Instant now) {
    DeployedProxy closed =
        new DeployedProxy(
            proxy,
            1,
            new MaintenanceSettings(true, 503, MaintenanceSettings.DEFAULT.contentType(), ""));
    if (at(now, closed, request).passes() != null) {
      throw new InvalidSettingsException(
          List.of(
              new FieldError(
                  "path",
                  "is '"
                      + Excerpt.of(request.path())
                      + "'; allowed is a path of the proxy: "
                      + String.join(", ", proxy.relativePathList())
                      + " or one below")));
    }
  }

  private static Outcome at(Instant now, DeployedProxy deployed, DescribedRequest request) {
    try (Gate gate = new Gate(OPTIONS, Clock.fixed(now, ZoneOffset.UTC))) {
      gate.publish(new Snapshot("", 1, Map.of(deployed.id(), deployed)));
      Decision decision = gate.current().decide(request.host(), request.path(), request);
      Answer answer = decision.answer();
      return answer == null
          ? Outcome.passing(request, Reason.of(decision.passage()))
          : Outcome.answered(request, answer);
    }
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Each path can be encoded", e);
    }
  }
}

package dev.intermission.gateway.capture;

import dev.intermission.api.DeployedProxy;
import dev.intermission.gate.DecisionListener;
import dev.intermission.gate.Gate;
import dev.intermission.gate.RequestPath;
import dev.intermission.gate.ServedSnapshot;
import dev.intermission.runtime.FailureLog;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.ExchangeObserver;
import dev.intermission.trafficlog.capture.Observation;
import java.time.Clock;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to capture requests, as far as their observer wants to know them. Thread-safe. */
public final class Captures {

  private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

  private final Gate gate;
  private final String environment;
  private final ExchangeObserver observer;
  private final Clock clock;
  private final CaptureMemory memory = new CaptureMemory(CaptureMemory.DEFAULT_BYTES);
  private final FailureLog faults = new FailureLog(LOG);

  /**
   * @param gate what says which API a request is for
   * @param environment the environment that the gate serves
   */
  public Captures(Gate gate, String environment, ExchangeObserver observer, Clock clock) {
    this.gate = gate;
    this.environment = environment;
    this.observer = observer;
    this.clock = clock;
  }

  /** Returns whether anything is captured. */
  public boolean isOn() {
    return observer.isOn();
  }

  /** Returns the capture of a request that the front has let pass. */
  public Capture of(Request request) {
    if (isOn() && request.getAttribute(Capture.ATTRIBUTE) instanceof WantedCapture capture) {
      capture.passed();
      return capture;
    }
    return Capture.NONE;
  }

  /**
   * Begins to capture a request. It tells its observer when it is over.
   *
   * @return the request to go on with, or null if it is not captured
   */
  @Nullable Request begin(Request request) {
    DeployedProxy proxy = route(gate.current(), request);
    Observation observation =
        observer.begin(proxy == null ? null : proxy.id(), request.getMethod());
    if (observation == null) {
      return null;
    }
    WantedCapture capture = new WantedCapture(request, proxy, observation, memory, clock.instant());
    request.setAttribute(Capture.ATTRIBUTE, capture);
    DecisionListener front =
        (by, decision) -> {
          if (decision.answer() != null) {
            // Another snapshot than that of the beginning may have decided.
            capture.routed(route(by, request));
            capture.blocked();
          }
        };
    request.setAttribute(DecisionListener.ATTRIBUTE, front);
    // What a client still sends to a closed API may take long, and nobody waits for it.
    Runnable whenAnswered =
        () -> {
          if (capture.isBlocked()) {
            finish(capture, null);
          }
        };
    request.addHttpStreamWrapper(stream -> new CapturedStream(stream, capture, whenAnswered));
    Request.addCompletionListener(request, failure -> finish(capture, failure));
    return capture.request();
  }

  private static @Nullable DeployedProxy route(ServedSnapshot snapshot, Request request) {
    String path = request.getHttpURI().getPath();
    return path != null && path.startsWith("/")
        ? snapshot.route(Request.getServerName(request), RequestPath.canonical(path))
        : null;
  }

  /** Does so once. No fault of a record may become one of the request. */
  private void finish(WantedCapture capture, @Nullable Throwable failure) {
    if (!capture.isFirstEnd()) {
      return;
    }
    try {
      capture.observation().finished(capture.finish(environment, failure));
    } catch (RuntimeException e) {
      faults.failed("An exchange was not recorded", e);
    } finally {
      capture.release();
    }
  }
}

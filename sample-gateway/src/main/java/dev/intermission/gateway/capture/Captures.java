package dev.intermission.gateway.capture;

import dev.intermission.api.DeployedProxy;
import dev.intermission.gate.Gate;
import dev.intermission.gate.RequestPath;
import dev.intermission.gate.ServedSnapshot;
import dev.intermission.runtime.FailureLog;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.ExchangeObserver;
import java.time.Clock;
import java.util.Objects;
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
   * @param gate what says which API a request is for, and whether it is closed
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
    ServedSnapshot snapshot = gate.current();
    String path = request.getHttpURI().getPath();
    String canonical = path != null && path.startsWith("/") ? RequestPath.canonical(path) : null;
    @Nullable DeployedProxy proxy =
        canonical == null ? null : snapshot.route(Request.getServerName(request), canonical);
    CaptureWish wish = observer.wish(proxy == null ? null : proxy.id(), request.getMethod());
    if (wish == null) {
      return null;
    }
    WantedCapture capture =
        new WantedCapture(
            request,
            proxy,
            closed(snapshot, proxy, path, canonical),
            wish,
            memory,
            clock.instant());
    request.setAttribute(Capture.ATTRIBUTE, capture);
    request.addHttpStreamWrapper(stream -> new CapturedStream(stream, capture));
    Request.addCompletionListener(request, failure -> finish(capture, failure));
    return capture.request();
  }

  /** No fault of a record may become one of the request. */
  private void finish(WantedCapture capture, @Nullable Throwable failure) {
    try {
      observer.finished(capture.finish(environment, failure));
    } catch (RuntimeException e) {
      faults.failed("An exchange was not recorded", e);
    }
  }

  private static WantedCapture.Closed closed(
      ServedSnapshot snapshot,
      @Nullable DeployedProxy proxy,
      @Nullable String path,
      @Nullable String canonical) {
    if (proxy != null && snapshot.isClosed(proxy.id())) {
      return WantedCapture.Closed.YES;
    }
    return snapshot.closedProxies() > 0 && !Objects.equals(path, canonical)
        ? WantedCapture.Closed.MAYBE
        : WantedCapture.Closed.NO;
  }
}

package dev.intermission.gateway.capture;

import dev.intermission.api.CorrelationId;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.gate.Passage;
import dev.intermission.trafficlog.capture.BodyCapture;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.Observation;
import dev.intermission.trafficlog.capture.Outcome;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What is captured of one request. Thread-safe: the client's side and the upstream's have threads
 * of their own.
 */
final class WantedCapture implements Capture {

  private final Request request;
  private final Observation observation;
  private final Instant time;
  private final MessageCapture fromClient;
  private final MessageCapture toTarget;
  private final MessageCapture fromTarget;
  private final MessageCapture toClient;
  private final Milestones times;

  // Guarded by this.
  private @Nullable DeployedProxy proxy;
  private boolean hasPassed;
  private boolean isBlocked;
  private @Nullable String correlationId;
  private @Nullable String proxyPath;
  private @Nullable String upstream;
  private @Nullable String sentQuery;
  private @Nullable String error;
  private int status;
  private int upstreamStatus;
  private long responseBytes;
  private boolean isFinished;

  /**
   * @param proxy the API that it seems to be for, or null if for none
   */
  WantedCapture(
      Request request,
      @Nullable DeployedProxy proxy,
      Observation observation,
      CaptureMemory memory,
      Instant time) {
    this.request = request;
    this.proxy = proxy;
    this.observation = observation;
    this.time = time;
    times = new Milestones(request);
    CaptureWish wish = observation.wish();
    fromClient = new MessageCapture(wish, LogRegion.REQUEST_FROM_CLIENT, memory);
    toTarget = new MessageCapture(wish, LogRegion.REQUEST_TO_TARGET, memory);
    fromTarget = new MessageCapture(wish, LogRegion.RESPONSE_FROM_TARGET, memory);
    toClient = new MessageCapture(wish, LogRegion.RESPONSE_TO_CLIENT, memory);
    fromClient.head(request.getHeaders());
  }

  /** Returns the request, which keeps its body as it is read if anybody wants that. */
  Request request() {
    BodyCapture body = fromClient.body();
    return body == null ? request : new CapturedRequest(request, body);
  }

  /** Returns who takes it when it is over. */
  Observation observation() {
    return observation;
  }

  /** Returns whether it was answered since its API is closed. */
  synchronized boolean isBlocked() {
    return isBlocked;
  }

  /** Returns whether it is the first end that is told of: the answer's, or the request's. */
  synchronized boolean isFirstEnd() {
    boolean isFirst = !isFinished;
    isFinished = true;
    return isFirst;
  }

  /** Says that the front has let it pass. */
  synchronized void passed() {
    hasPassed = true;
  }

  @Override
  public synchronized void identified(String id) {
    correlationId = id;
  }

  @Override
  public synchronized void routed(@Nullable DeployedProxy to) {
    proxy = to;
  }

  @Override
  public synchronized void blocked() {
    isBlocked = true;
    times.decided();
  }

  @Override
  public synchronized void failed(String code) {
    error = error == null ? code : error;
    times.decided();
  }

  @Override
  public synchronized void forwarded(String path, RoutingAddress address, String target) {
    URI uri = address.address();
    proxyPath = path;
    upstream = uri.getScheme() + "://" + uri.getRawAuthority() + target;
    times.forwarded();
  }

  @Override
  public @Nullable BodyCapture toTarget() {
    return toTarget.body();
  }

  @Override
  public synchronized void sent(HttpFields fields, @Nullable String query) {
    toTarget.head(fields);
    sentQuery = query;
    times.connected();
  }

  @Override
  public synchronized void committed() {
    times.committed();
  }

  @Override
  public synchronized void answered(int code, HttpFields fields) {
    times.committed();
    upstreamStatus = code;
    fromTarget.head(fields);
  }

  @Override
  public Content.Source fromTarget(Content.Source source) {
    BodyCapture body = fromTarget.body();
    return body == null ? source : new CapturedSource(source, body);
  }

  @Override
  public synchronized void received() {
    times.received();
  }

  /** Takes the head of what goes to the client. */
  synchronized void answers(MetaData.Response response) {
    if (!HttpStatus.isInterim(response.getStatus())) {
      HttpFields fields = response.getHttpFields();
      boolean isSwitch = response.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101;
      // Jetty has a length of 0 there, which it does not send.
      toClient.head(
          isSwitch ? HttpFields.build(fields, EnumSet.of(HttpHeader.CONTENT_LENGTH)) : fields);
      if (correlationId == null) {
        correlationId = response.getHttpFields().get(CorrelationId.HEADER);
      }
    }
  }

  /**
   * Counts what has gone to the client.
   *
   * @param code the status of the head that was among it; 0 if there was none
   */
  synchronized void gone(int code, long bytes) {
    status = code == 0 || HttpStatus.isInterim(code) ? status : code;
    responseBytes += bytes;
  }

  /** Returns what keeps the body that goes to the client, or null if nobody wants it. */
  @Nullable BodyCapture toClient() {
    return toClient.body();
  }

  /** Returns all of it; the request is over. */
  synchronized CapturedExchange finish(String environment, @Nullable Throwable failure) {
    Outcome outcome = outcome(failure);
    Object passage = request.getAttribute(Passage.ATTRIBUTE);
    CaptureWish wish = observation.wish();
    String query = request.getHttpURI().getQuery();
    return new CapturedExchange(
        time,
        correlationId,
        environment,
        proxy == null ? null : proxy.id(),
        proxyPath,
        request.getMethod(),
        path(),
        request.getConnectionMetaData().getHttpVersion().asString(),
        Request.getServerName(request),
        Request.getRemoteAddr(request),
        outcome,
        outcome == Outcome.ERROR && error == null ? reason(failure) : error,
        passage instanceof Passage let && let != Passage.OPEN ? let.name() : null,
        status,
        upstream,
        upstreamStatus,
        fromClient.message(wish.wants(LogPart.PARAM_REQUEST_FROM_CLIENT) ? query : null),
        toTarget.message(wish.wants(LogPart.PARAM_REQUEST_TO_TARGET) ? sentQuery : null),
        fromTarget.message(null),
        toClient.message(null),
        Request.getContentBytesRead(request),
        responseBytes,
        times.atTheEnd());
  }

  /** Gives back what it has kept of bodies. */
  void release() {
    fromClient.release();
    toTarget.release();
    fromTarget.release();
    toClient.release();
  }

  private String path() {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  private Outcome outcome(@Nullable Throwable failure) {
    if (isBlocked) {
      return Outcome.BLOCKED;
    }
    boolean isServed = error == null && failure == null && hasPassed && status != 0;
    return isServed ? Outcome.SUCCESS : Outcome.ERROR;
  }

  private static String reason(@Nullable Throwable failure) {
    return failure == null ? "REFUSED" : "BROKEN_OFF";
  }
}

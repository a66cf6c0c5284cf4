package dev.intermission.trafficlog.capture;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trafficlog.LogRegion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over, with its response.
 *
 * @param time when it came
 * @param correlationId what its response tells, or null if it tells none
 * @param environment the environment that the gateway serves
 * @param proxy the API that it was for, or null if for none
 * @param proxyPath the path of the API, or null
 * @param method as it was sent
 * @param path the raw path
 * @param protocol such as {@code HTTP/1.1}
 * @param host the host that was asked for, or null
 * @param remoteAddress the address that the connection came from
 * @param outcome what became of it
 * @param error the code of what went wrong, or null
 * @param passage why it passed although its API is closed, or null
 * @param status the status of the response; 0 if there was none
 * @param upstream where it was sent to, without a query, or null
 * @param upstreamStatus the status of the upstream's response; 0 if there was none
 * @param fromClient the request as it came
 * @param toTarget the request as it went on
 * @param fromTarget the response as it came
 * @param toClient the response as it went on
 * @param requestBytes how long the body of the request was, as far as it was read
 * @param responseBytes how long the body of the response was, as far as it was sent
 * @param times when what happened
 */
public record CapturedExchange(
    Instant time,
    @Nullable String correlationId,
    String environment,
    @Nullable ProxyId proxy,
    @Nullable String proxyPath,
    String method,
    String path,
    String protocol,
    @Nullable String host,
    String remoteAddress,
    Outcome outcome,
    @Nullable String error,
    @Nullable String passage,
    int status,
    @Nullable String upstream,
    int upstreamStatus,
    CapturedMessage fromClient,
    CapturedMessage toTarget,
    CapturedMessage fromTarget,
    CapturedMessage toClient,
    long requestBytes,
    long responseBytes,
    CapturedTimes times) {

  private static final int OWN_SIZE = 600;

  /** Returns it with what is wanted of its messages, as if nobody had wanted more. */
  CapturedExchange only(CaptureWish wish) {
    return new CapturedExchange(
        time,
        correlationId,
        environment,
        proxy,
        proxyPath,
        method,
        path,
        protocol,
        host,
        remoteAddress,
        outcome,
        error,
        passage,
        status,
        upstream,
        upstreamStatus,
        fromClient.only(wish, LogRegion.REQUEST_FROM_CLIENT),
        toTarget.only(wish, LogRegion.REQUEST_TO_TARGET),
        fromTarget.only(wish, LogRegion.RESPONSE_FROM_TARGET),
        toClient.only(wish, LogRegion.RESPONSE_TO_CLIENT),
        requestBytes,
        responseBytes,
        times);
  }

  /** Returns about how many bytes of memory it takes. */
  public long size() {
    return OWN_SIZE
        + length(correlationId)
        + length(proxyPath)
        + method.length()
        + path.length()
        + length(host)
        + length(upstream)
        + fromClient.size()
        + toTarget.size()
        + fromTarget.size()
        + toClient.size();
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}

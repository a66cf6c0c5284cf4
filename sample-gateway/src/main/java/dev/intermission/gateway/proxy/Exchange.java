package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.Fault;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;

/**
 * One request with an upstream, and its response on the way back. It is over when two things are:
 * the relay of the response to the client, if there is one, and the exchange with the upstream.
 */
final class Exchange
    implements Response.HeadersListener, Response.ContentSourceListener, Response.CompleteListener {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  /** Methods whose requests have a body so seldom that a part of it is waited for. */
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "DELETE");

  private final HttpClient client;
  private final UpstreamConfig config;
  private final RequestFields requestFields;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final InterimRelay interim;
  private @Nullable ClientBody body;
  private volatile @Nullable Relay relay;
  private boolean isRepeated;

  // Guarded by this: the client's side and the upstream's come to their ends on their own.
  private boolean isRelayed;
  private @Nullable Throwable relayFailure;
  private @Nullable Result result;

  Exchange(
      HttpClient client,
      UpstreamConfig config,
      RequestFields requestFields,
      Incoming incoming,
      Outgoing outgoing) {
    this.client = client;
    this.config = config;
    this.requestFields = requestFields;
    this.incoming = incoming;
    this.outgoing = outgoing;
    interim = new InterimRelay(incoming);
  }

  /** Sends the request, at once or when it is known whether it has a body. */
  void begin() {
    Request request = incoming.request();
    body = ClientBody.of(request);
    if (body != null && body.mayTurnOutEmpty() && WITHOUT_BODY.contains(request.getMethod())) {
      request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::begin));
      return;
    }
    // Silence is the upstream's while the client waits for it, and has time-outs of its own.
    request.addIdleTimeoutListener(silence -> false);
    send();
  }

  private void send() {
    Request request = incoming.request();
    UpstreamRequest upstream =
        new UpstreamRequest(
                client,
                outgoing.address(),
                request.getMethod(),
                outgoing.path(),
                request.getHttpURI().getQuery())
            .of(this);
    upstream
        .idleTimeout(config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .timeout(config.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
    upstream.headers(fields -> requestFields.put(incoming, fields));
    ClientBody sent = body;
    if (sent != null) {
      upstream.body(sent);
      if (sent.getLength() < 0) {
        upstream.headers(fields -> Trailers.announce(request.getHeaders(), fields));
        upstream.trailersSupplier(() -> Trailers.of(sent.trailers()));
      }
    }
    request.addFailureListener(failure -> abort(upstream, failure));
    upstream.send(this);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended
  private static void abort(UpstreamRequest upstream, Throwable failure) {
    upstream.abort(ClientFailure.of(failure));
  }

  /** Returns whether the upstream has no part in that nothing happens. */
  boolean isClientsTurn() {
    Relay writing = relay;
    return (writing != null && writing.isWriting()) || (body != null && body.isAwaited());
  }

  /** Takes an interim response, before {@link #onHeaders} has the final one. */
  void interim(int status, HttpFields fields) {
    interim.relay(status, fields);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended
  public void onHeaders(Response response) {
    @Nullable String fault = ResponseHead.fault(response);
    if (fault != null) {
      response.abort(new HttpResponseException(fault, response));
      return;
    }
    ((UpstreamRequest) response.getRequest()).answered();
    ResponseHead.put(incoming, response);
  }

  @Override
  public void onContentSource(Response response, Content.Source source) {
    Relay begun =
        new Relay(source, incoming.response(), pool(), ResponseHead.goesAlone(incoming, response)) {
          @Override
          void ended(@Nullable Throwable failure) {
            relayed(response, failure);
          }
        };
    relay = begun;
    begun.iterate();
  }

  private Executor pool() {
    return incoming.request().getComponents().getExecutor();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended
  private void relayed(Response response, @Nullable Throwable failure) {
    boolean isOver;
    synchronized (this) {
      isRelayed = true;
      relayFailure = failure;
      isOver = result != null;
    }
    if (isOver) {
      end();
    } else if (failure instanceof ClientFailure) {
      response.abort(failure);
    }
  }

  @Override
  public void onComplete(Result complete) {
    boolean isOver;
    synchronized (this) {
      result = complete;
      isOver = relay == null || isRelayed;
    }
    if (isOver) {
      end();
    }
  }

  /** Is called once. */
  private void end() {
    Result complete = Objects.requireNonNull(result);
    if (relay != null) {
      if (relayFailure == null) {
        finish();
      } else {
        report(relayFailure);
        incoming.cut(relayFailure);
      }
      return;
    }
    Throwable failure = complete.getFailure();
    if (mayRepeat(complete.getResponse(), failure)) {
      isRepeated = true;
      result = null;
      send();
      return;
    }
    try {
      // Not on a thread that reads: a log may be slow.
      pool().execute(() -> refuse(failure));
    } catch (RejectedExecutionException stopped) {
      refuse(failure);
    }
  }

  private void finish() {
    if (body == null) {
      incoming.callback().succeeded();
    } else {
      body.drop(incoming.callback());
    }
  }

  private void refuse(Throwable failure) {
    report(failure);
    Fault fault = ProxyFaults.of(failure);
    if (body == null) {
      incoming.refuse(fault);
    } else {
      incoming.refuse(fault, body);
    }
  }

  private void report(Throwable failure) {
    Fault fault = ProxyFaults.of(failure);
    String id = incoming.correlationId();
    if (failure instanceof ClientFailure) {
      LOG.debug("{} for {} [{}]", fault.code(), outgoing, id, failure);
    } else {
      LOG.atWarn()
          .addMarker(MarkerFactory.getMarker(fault.code() + " " + outgoing.proxy()))
          .log("{} for {}: {} [{}]", fault.code(), outgoing, ProxyFaults.reason(failure), id);
    }
  }

  /**
   * Returns whether a request that failed may be sent again (RFC 9110 section 9.2.2, RFC 9112
   * section 9.3.1): it is the first time, the method is safe, there was no sign of an answer, and
   * the connection was used before. Then the upstream has most likely closed an idle connection in
   * the moment in which it was taken.
   */
  private boolean mayRepeat(@Nullable Response response, Throwable failure) {
    return !isRepeated
        && body == null
        && ProxyFaults.of(failure).equals(ProxyFaults.BROKE_OFF)
        && SAFE_METHODS.contains(incoming.request().getMethod())
        && response != null
        && response.getStatus() == 0
        && response.getRequest().getConnection()
            instanceof org.eclipse.jetty.io.Connection connection
        && connection.getMessagesOut() > 1;
  }
}

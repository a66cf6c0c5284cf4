package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.Fault;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * One request with an upstream, and its response on the way back. It is over when two things are:
 * the relay of the response to the client, if there is one, and the exchange with the upstream.
 */
final class Exchange
    implements Response.HeadersListener,
        Response.ContentSourceListener,
        Response.SuccessListener,
        Response.CompleteListener {

  private final HttpClient client;
  private final UpstreamConfig config;
  private final RequestFields requestFields;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final InterimRelay interim;
  private @Nullable ClientBody body;
  private boolean isUpgrade;
  private volatile @Nullable Relay relay;
  private volatile @Nullable WebSocketTunnel tunnel;
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
    if (body != null && body.mayTurnOutEmpty()) {
      request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::begin));
      return;
    }
    isUpgrade = body == null && WebSocketUpgrade.isAsked(request);
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
    if (isUpgrade) {
      upstream.headers(WebSocketUpgrade::put);
    }
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
    @Nullable String fault = ResponseHead.fault(response, isUpgrade);
    if (fault != null) {
      response.abort(new HttpResponseException(fault, response));
      return;
    }
    ((UpstreamRequest) response.getRequest()).answered();
    ResponseHead.put(incoming, response);
  }

  @Override
  public void onContentSource(Response response, Content.Source source) {
    if (isSwitch(response)) {
      // What follows the head is not read as a body, but the end of the response is.
      source.read();
      return;
    }
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

  private static boolean isSwitch(Response response) {
    return response.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101;
  }

  /** Takes the connection over while the thread that reads it is here. */
  @Override
  public void onSuccess(Response response) {
    if (isSwitch(response)
        && response.getRequest().getConnection()
            instanceof org.eclipse.jetty.io.Connection upstream) {
      WebSocketTunnel between =
          new WebSocketTunnel(
              incoming.request(), upstream.getEndPoint(), config.idleTimeout(), false);
      tunnel = between;
      between.takeUpstream();
    }
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
        ExchangeLog.failed(incoming, outgoing, relayFailure);
        incoming.cut(relayFailure);
      }
      return;
    }
    Throwable failure = complete.getFailure();
    WebSocketTunnel between = tunnel;
    if (between != null) {
      if (failure == null) {
        between.open(incoming, () -> {});
        return;
      }
      between.close(failure);
    }
    if (!isRepeated && body == null && Repetition.isSafe(complete)) {
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
    ExchangeLog.failed(incoming, outgoing, failure);
    Fault fault = ProxyFaults.of(failure);
    if (body == null) {
      incoming.refuse(fault);
    } else {
      incoming.refuse(fault, body);
    }
  }
}

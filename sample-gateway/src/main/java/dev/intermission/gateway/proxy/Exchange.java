package dev.intermission.gateway.proxy;

import dev.intermission.gate.InFlight;
import java.time.Duration;
import java.util.concurrent.Executor;
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

  private final UpstreamRequests requests;
  private final Incoming incoming;
  private final Outgoing outgoing;
  private final InFlight.Entry entry;
  private final @Nullable Draining draining;
  private final InterimRelay interim;
  private @Nullable ClientBody body;
  private boolean isUpgrade;
  private volatile @Nullable Relay relay;
  private volatile @Nullable WebSocketTunnel tunnel;
  private volatile @Nullable UpstreamRequest sent;
  private volatile boolean isDrained;
  private boolean isRepeated;
  private final ExchangeEnds ends = new ExchangeEnds();

  /**
   * Makes an exchange.
   *
   * @param entry what it leaves when it is over
   * @param draining what may end it, or null
   */
  Exchange(
      UpstreamRequests requests,
      Incoming incoming,
      Outgoing outgoing,
      InFlight.Entry entry,
      @Nullable Draining draining) {
    this.entry = entry;
    this.requests = requests;
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.draining = draining;
    interim = new InterimRelay(incoming);
  }

  /** Sends the request, at once or when it is known whether it has a body. */
  void begin() {
    // A tunnel outlives the request that it begins with.
    Request.addCompletionListener(incoming.request(), failure -> leaveUnlessTunnel());
    start();
  }

  private void start() {
    Request request = incoming.request();
    body = ClientBody.of(request);
    if (body != null) {
      body.keepIn(incoming.capture().toTarget());
    }
    if (body != null && body.mayTurnOutEmpty()) {
      request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::start));
      return;
    }
    isUpgrade = body == null && WebSocketUpgrade.isAsked(request);
    // Silence is the upstream's while the client waits for it, and has time-outs of its own.
    request.addIdleTimeoutListener(silence -> false);
    if (draining != null) {
      draining.enter(outgoing.proxy(), this);
    }
    send();
  }

  private void send() {
    UpstreamRequest upstream = requests.of(this, incoming, outgoing, body, isUpgrade);
    sent = upstream;
    incoming.request().addFailureListener(failure -> upstream.giveUp(ClientFailure.of(failure)));
    upstream.send(this);
    if (isDrained) {
      upstream.giveUp(new ApiClosedException());
    }
  }

  /** Ends it: a WebSocket with a close frame, anything else by breaking it off. */
  void drain() {
    isDrained = true;
    WebSocketTunnel between = tunnel;
    UpstreamRequest upstream = sent;
    Relay writing = relay;
    if (between != null) {
      between.end();
    } else if (upstream != null) {
      ApiClosedException closed = new ApiClosedException();
      upstream.giveUp(closed);
      if (writing != null && writing.isWriting()) {
        // The end of what it has would not get to a client that does not read.
        incoming.cut(closed);
      }
    }
  }

  private void leaveUnlessTunnel() {
    if (tunnel == null) {
      leave();
    }
  }

  private void leave() {
    entry.leave();
    if (draining != null) {
      draining.leave(outgoing.proxy(), this);
    }
  }

  /** Returns whether the upstream has no part in that nothing happens. */
  boolean isClientsTurn() {
    Relay writing = relay;
    return (writing != null && writing.isWriting()) || (body != null && body.isAwaited());
  }

  /** Takes the fields and the query of the request as they go out. */
  void sent(HttpFields fields, @Nullable String query) {
    incoming.capture().sent(fields, query);
  }

  /** Says that the head of the request has gone out. */
  void committed() {
    incoming.capture().committed();
  }

  /** Takes an interim response, before {@link #onHeaders} has the final one. */
  void interim(int status, HttpFields fields) {
    interim.relay(status, fields);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended
  public void onHeaders(Response response) {
    incoming.capture().answered(response.getStatus(), response.getHeaders());
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
    Content.Source from = incoming.capture().fromTarget(source);
    Relay begun =
        new Relay(from, incoming.response(), pool(), ResponseHead.goesAlone(incoming, response)) {
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
    incoming.capture().received();
    if (!isSwitch(response)) {
      return;
    }
    Request request = incoming.request();
    Duration idle = requests.config().idleTimeout();
    WebSocketTunnel between =
        WebSocketTunnel.between(request, response, idle, draining != null, this::leave);
    if (between != null) {
      tunnel = between;
      between.takeUpstream();
    }
  }

  private Executor pool() {
    return incoming.request().getComponents().getExecutor();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended
  private void relayed(Response response, @Nullable Throwable failure) {
    if (ends.relayed(failure)) {
      end();
    } else if (failure instanceof ClientFailure) {
      response.abort(failure);
    }
  }

  @Override
  public void onComplete(Result complete) {
    if (complete.getResponseFailure() != null) {
      incoming.capture().received();
    }
    if (ends.completed(complete, relay != null)) {
      end();
    }
  }

  /** Is called once. */
  private void end() {
    Result complete = ends.result();
    if (relay != null) {
      Throwable relayFailure = ends.relayFailure();
      if (relayFailure == null) {
        incoming.finish(body);
      } else {
        incoming.failed(ProxyFaults.of(relayFailure));
        ExchangeLog.failed(incoming, outgoing, relayFailure);
        incoming.cut(relayFailure);
      }
      return;
    }
    Throwable failure = complete.getFailure();
    WebSocketTunnel between = tunnel;
    if (between != null) {
      if (failure == null) {
        between.open(incoming);
        return;
      }
      between.close(failure);
    }
    if (!isRepeated && body == null && Repetition.isSafe(complete)) {
      isRepeated = true;
      ends.again();
      send();
      return;
    }
    incoming.refuse(outgoing, failure, body);
  }
}

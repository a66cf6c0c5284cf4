package dev.intermission.gateway.proxy;

import dev.intermission.api.AddressRange;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.RoutingAddress;
import dev.intermission.gate.Gate;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.RequestPath;
import dev.intermission.gateway.capture.Capture;
import dev.intermission.gateway.capture.Captures;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.Fault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends what has passed the gate to the upstream of its proxy, and the answer back, both as they
 * come in and without holding a thread. Nothing of a message is changed but what a gateway must:
 * the hop-by-hop fields go, {@code Via}, {@code Forwarded}, {@code X-Forwarded-*} and the
 * correlation id come. {@code Expect: 100-continue} is answered here (RFC 9110 section 10.1.1), so
 * that an upstream that does not know it makes no client wait.
 *
 * <p>Never blocks: what reads a connection may run all of it.
 */
public final class ReverseProxy extends Handler.Abstract.NonBlocking {

  private final Gate gate;
  private final InFlightCount inFlight;
  private final HttpClient client;
  private final Via via = new Via();
  private final ForwardedFields forwarded;
  private final @Nullable Duration drainTime;
  private final @Nullable RequestTimes times;
  private final @Nullable Captures captures;
  private final Runnable whenPublished = this::whenPublished;
  private volatile UpstreamRequests requests;
  private volatile @Nullable Draining draining;

  /**
   * Makes a proxy that routes by what is in force at the gate.
   *
   * @param trusted the addresses of proxies whose word on the clients before them is believed
   * @param drainTime how long what is in flight to an API that is closed may go on, or null for as
   *     long as it likes
   */
  public ReverseProxy(
      Gate gate, UpstreamConfig config, List<AddressRange> trusted, @Nullable Duration drainTime) {
    this(gate, config, trusted, drainTime, null, null);
  }

  /**
   * Makes a proxy that measures requests, and routes by what is in force at the gate.
   *
   * @param trusted as above
   * @param drainTime as above
   * @param times takes the times of requests, or null
   * @param captures takes what goes over the wire, or null
   */
  public ReverseProxy(
      Gate gate,
      UpstreamConfig config,
      List<AddressRange> trusted,
      @Nullable Duration drainTime,
      @Nullable RequestTimes times,
      @Nullable Captures captures) {
    this(gate, config, trusted, drainTime, times, captures, InetAddress::getAllByName);
  }

  /** Makes a proxy that finds the addresses of upstreams' names in this way. */
  ReverseProxy(
      Gate gate,
      UpstreamConfig config,
      List<AddressRange> trusted,
      @Nullable Duration drainTime,
      @Nullable RequestTimes times,
      @Nullable Captures captures,
      Names.Lookup lookup) {
    this.gate = gate;
    this.captures = captures;
    this.times = times;
    inFlight = new InFlightCount(gate, this::forward);
    this.drainTime = drainTime;
    forwarded = new ForwardedFields(trusted);
    client = UpstreamClient.of(config, lookup);
    requests = requests(config);
    installBean(client);
  }

  private UpstreamRequests requests(UpstreamConfig config) {
    RequestFields fields = new RequestFields(via, forwarded, config.preserveHost());
    return new UpstreamRequests(client, config, fields);
  }

  /** Takes another configuration for the requests from now on; those in flight keep theirs. */
  public void use(UpstreamConfig next) {
    client.setConnectTimeout(next.connectTimeout().toMillis());
    requests = requests(next);
  }

  /** Returns the connections to upstreams as they are now. */
  public UpstreamConnections connections() {
    return UpstreamConnections.of(client);
  }

  private void whenPublished() {
    Draining present = draining;
    if (present != null) {
      present.look();
    }
  }

  @Override
  protected void doStart() throws Exception {
    if (drainTime != null) {
      draining =
          new Draining(gate, drainTime, getServer().getScheduler(), getServer().getThreadPool());
      gate.addListener(whenPublished);
    }
    client.setExecutor(getServer().getThreadPool());
    client.setScheduler(getServer().getScheduler());
    client.setByteBufferPool(getServer().getByteBufferPool());
    super.doStart();
    UpstreamClient.strip(client);
  }

  @Override
  protected void doStop() throws Exception {
    gate.removeListener(whenPublished);
    super.doStop();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Capture capture = captures == null ? Capture.NONE : captures.of(request);
    Incoming incoming = new Incoming(request, response, callback, capture);
    if (times != null) {
      RequestTimes to = times;
      Request.addCompletionListener(request, failure -> incoming.tell(to));
    }
    @Nullable Fault unfit = ForGateway.fault(request, via);
    if (unfit != null) {
      incoming.refuse(unfit);
    } else if (ForGateway.isAsked(request)) {
      ForGateway.answer(incoming);
    } else {
      forward(incoming);
    }
    return true;
  }

  private void forward(Incoming incoming) {
    Request request = incoming.request();
    String path = request.getHttpURI().getPath();
    String canonical = path != null && path.startsWith("/") ? RequestPath.canonical(path) : null;
    @Nullable DeployedProxy proxy =
        canonical == null ? null : gate.current().route(Request.getServerName(request), canonical);
    incoming.capture().routed(proxy);
    if (path == null || canonical == null || proxy == null) {
      Fault fault = gate.ready() ? ProxyFaults.NO_ROUTE : ProxyFaults.NOT_READY;
      incoming.refuse(fault);
      return;
    }
    String own = UpstreamPath.ownPath(proxy.proxy(), canonical);
    incoming.routed(own);
    RoutingAddress address = Upstreams.choose(proxy.proxy().routing());
    String base = address.address().getRawPath();
    String target = UpstreamPath.of(base, own, canonical, path);
    if (UpstreamPath.staysBelow(base, target)) {
      InFlight.Entry entry = inFlight.enter(incoming, proxy.id());
      if (entry != null) {
        Outgoing outgoing = new Outgoing(proxy.id(), address, UpstreamRequest.ascii(target));
        incoming.capture().forwarded(own, address, outgoing.path());
        // What passes although the API is closed isn't to end because it is closed.
        new Exchange(requests, incoming, outgoing, entry, entry.isLetIn() ? null : draining)
            .begin();
      }
    } else {
      incoming.refuse(ProxyFaults.AMBIGUOUS_PATH);
    }
  }
}

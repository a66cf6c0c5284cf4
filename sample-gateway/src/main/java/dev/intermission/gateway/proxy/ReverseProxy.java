package dev.intermission.gateway.proxy;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.RoutingAddress;
import dev.intermission.filter.Gate;
import dev.intermission.filter.RequestPath;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.CorrelationId;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.gateway.server.Fault;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what has passed the gate to the upstream of its proxy, and the answer back, both as they
 * come in and without holding a thread. Nothing of a message is changed but what a gateway must:
 * the hop-by-hop fields go, {@code Via}, {@code Forwarded}, {@code X-Forwarded-*} and the
 * correlation id come. {@code Expect: 100-continue} is answered here (RFC 9110 section 10.1.1), so
 * that an upstream that does not know it makes no client wait.
 */
public final class ReverseProxy extends AsyncProxyServlet {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(ReverseProxy.class);

  private static final String TARGET = ReverseProxy.class.getName() + ".target";
  private static final String CORRELATION_ID = ReverseProxy.class.getName() + ".correlationId";

  /** Shorter than servers keep theirs, so that few requests meet a connection just closed. */
  private static final long POOLED_IDLE_MILLIS = 4_000;

  /** Room for the client's fields at their limit, and for those that the gateway adds. */
  private static final int REQUEST_BUFFER_BYTES = 32 << 10;

  private static final int MAX_RESPONSE_HEADER_BYTES = 32 << 10;

  private final transient Gate gate;
  private final transient UpstreamConfig config;

  /** Makes a proxy that routes by what is in force at the gate. */
  public ReverseProxy(Gate gate, UpstreamConfig config) {
    this.gate = gate;
    this.config = config;
  }

  /** Where a request goes. */
  private record Target(DeployedProxy proxy, RoutingAddress address, String pathAndQuery) {}

  @Override
  protected HttpClient createHttpClient() throws ServletException {
    HttpClient client = super.createHttpClient();
    // Interim responses end here; without these they would be taken for final ones.
    client.getProtocolHandlers().put(new ProcessingProtocolHandler());
    client.getProtocolHandlers().put(new EarlyHintsProtocolHandler());
    return client;
  }

  @Override
  protected HttpClient newHttpClient(ClientConnector connector) {
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setConnectTimeout(config.connectTimeout().toMillis());
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    client.setRequestBufferSize(REQUEST_BUFFER_BYTES);
    client.setMaxResponseHeadersSize(MAX_RESPONSE_HEADER_BYTES);
    return client;
  }

  /** The parameters that Jetty's servlet takes from its holder. */
  public static Map<String, String> initParameters(UpstreamConfig config) {
    return Map.of(
        "maxThreads",
        "-",
        "maxConnections",
        String.valueOf(config.maxConnections()),
        "idleTimeout",
        String.valueOf(POOLED_IDLE_MILLIS),
        "timeout",
        "0",
        "preserveHost",
        String.valueOf(config.preserveHost()),
        "viaHost",
        "intermission");
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute(CORRELATION_ID, CorrelationId.of(request.getHeader(CorrelationId.HEADER)));
    String rawPath = request.getRequestURI();
    DeployedProxy proxy =
        rawPath != null && rawPath.startsWith("/")
            ? gate.current().route(request.getServerName(), RequestPath.canonical(rawPath))
            : null;
    if (proxy == null) {
      refuse(request, response, gate.ready() ? ProxyFaults.NO_ROUTE : ProxyFaults.NOT_READY);
      return;
    }
    RoutingAddress address = Upstreams.choose(proxy.proxy().routing());
    String path = UpstreamPath.of(address.address().getRawPath(), proxy.proxy(), rawPath);
    if (!UpstreamPath.staysBelow(address.address().getRawPath(), path)) {
      refuse(request, response, ProxyFaults.AMBIGUOUS_PATH);
      return;
    }
    String query = request.getQueryString();
    request.setAttribute(
        TARGET, new Target(proxy, address, query == null ? path : path + "?" + query));
    super.service(request, response);
  }

  @Override
  protected String rewriteTarget(HttpServletRequest request) {
    return target(request).address.address().toString();
  }

  @Override
  protected Request newProxyRequest(HttpServletRequest request, String rewrittenTarget) {
    return super.newProxyRequest(request, rewrittenTarget)
        .path(target(request).pathAndQuery)
        .idleTimeout(config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected boolean expects100Continue(HttpServletRequest request) {
    return false;
  }

  @Override
  protected void copyRequestHeaders(HttpServletRequest clientRequest, Request proxyRequest) {
    super.copyRequestHeaders(clientRequest, proxyRequest);
    proxyRequest.headers(
        fields ->
            fields
                .remove(HttpHeader.EXPECT)
                .put(CorrelationId.HEADER, correlationId(clientRequest)));
  }

  @Override
  protected void addProxyHeaders(HttpServletRequest clientRequest, Request proxyRequest) {
    super.addProxyHeaders(clientRequest, proxyRequest);
    proxyRequest.headers(fields -> ForwardedFields.put(clientRequest, fields));
  }

  @Override
  protected void onServerResponseHeaders(
      HttpServletRequest clientRequest,
      HttpServletResponse proxyResponse,
      Response serverResponse) {
    Set<String> hopByHop = new HashSet<>(HOP_HEADERS);
    serverResponse
        .getHeaders()
        .getCSV(HttpHeader.CONNECTION, false)
        .forEach(name -> hopByHop.add(name.toLowerCase(Locale.ROOT)));
    HttpFields.Mutable fields =
        ServletContextResponse.getServletContextResponse(proxyResponse).getWrapped().getHeaders();
    for (HttpField field : serverResponse.getHeaders()) {
      if (field.getHeader() == HttpHeader.CONTENT_TYPE || field.getHeader() == HttpHeader.DATE) {
        // Past the servlet layer, which would write the one in its own way and the other twice.
        fields.put(field);
      } else if (!hopByHop.contains(field.getLowerCaseName())) {
        proxyResponse.addHeader(field.getName(), field.getValue());
      }
    }
  }

  @Override
  protected void onProxyResponseFailure(
      HttpServletRequest clientRequest,
      HttpServletResponse proxyResponse,
      @Nullable Response serverResponse,
      Throwable failure) {
    Fault fault = ProxyFaults.of(failure);
    Target target = target(clientRequest);
    LOG.warn(
        "{} for {} at {}: {}, correlation id {}",
        fault.code(),
        target.proxy.id(),
        target.address.address(),
        failure.toString(),
        correlationId(clientRequest));
    fail(clientRequest, proxyResponse, fault);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended, here or before
  protected void onClientRequestFailure(
      HttpServletRequest clientRequest,
      Request proxyRequest,
      HttpServletResponse proxyResponse,
      Throwable failure) {
    Fault fault =
        failure instanceof TimeoutException
            ? ProxyFaults.CLIENT_TOO_SLOW
            : ProxyFaults.CLIENT_BROKE_OFF;
    proxyRequest.abort(new ClientFailure(fault, failure));
  }

  private void fail(HttpServletRequest request, HttpServletResponse response, Fault fault) {
    try {
      if (response.isCommitted()) {
        // Cut, so that no client takes what it has for the whole.
        response.sendError(-1);
      } else {
        response.reset();
        response.setHeader("Connection", "close");
        refuse(request, response, fault);
      }
    } catch (IOException | IllegalStateException clientGone) {
      LOG.debug("The client of {} is gone", correlationId(request), clientGone);
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().complete();
      }
    }
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response, Fault fault)
      throws IOException {
    byte[] body =
        ErrorBody.TRAFFIC.text(fault, correlationId(request)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(fault.status());
    response.setContentType(ErrorBody.CONTENT_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(CorrelationId.HEADER, correlationId(request));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static Target target(HttpServletRequest request) {
    return (Target) request.getAttribute(TARGET);
  }

  private static String correlationId(HttpServletRequest request) {
    return (String) request.getAttribute(CORRELATION_ID);
  }
}

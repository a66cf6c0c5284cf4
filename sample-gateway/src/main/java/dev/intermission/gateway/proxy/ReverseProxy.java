package dev.intermission.gateway.proxy;

import dev.intermission.api.CorrelationId;
import dev.intermission.api.DeployedProxy;
import dev.intermission.gate.Gate;
import dev.intermission.gate.RequestPath;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.server.Fault;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
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

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final transient Gate gate;
  private final transient UpstreamConfig config;

  /** Makes a proxy that routes by what is in force at the gate. */
  public ReverseProxy(Gate gate, UpstreamConfig config) {
    this.gate = gate;
    this.config = config;
  }

  @Override
  protected HttpClient createHttpClient() throws ServletException {
    HttpClient client = super.createHttpClient();
    client.getProtocolHandlers().clear();
    client.getProtocolHandlers().put(new InterimResponses());
    return client;
  }

  @Override
  protected HttpClient newHttpClient(ClientConnector connector) {
    return UpstreamClient.of(config, connector);
  }

  /** Returns the parameters for this servlet's holder. */
  public static Map<String, String> initParameters(UpstreamConfig config) {
    return UpstreamClient.initParameters(config);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String rawPath = request.getRequestURI();
    DeployedProxy proxy =
        rawPath != null && rawPath.startsWith("/")
            ? gate.current().route(request.getServerName(), RequestPath.canonical(rawPath))
            : null;
    if (proxy == null) {
      Fault fault = gate.ready() ? ProxyFaults.NO_ROUTE : ProxyFaults.NOT_READY;
      Refusals.refuse(request, response, fault);
      return;
    }
    if (!Exchange.begin(request, proxy, rawPath).staysBelowAddress()) {
      Refusals.refuse(request, response, ProxyFaults.AMBIGUOUS_PATH);
      return;
    }
    super.service(request, response);
  }

  @Override
  protected String rewriteTarget(HttpServletRequest request) {
    return Exchange.of(request).address().toString();
  }

  @Override
  protected Request newProxyRequest(HttpServletRequest request, String rewrittenTarget) {
    Exchange exchange = Exchange.of(request);
    return new UpstreamRequest(
            getHttpClient(),
            exchange.address(),
            request.getMethod(),
            exchange.path(),
            request.getQueryString())
        .attribute(CLIENT_REQUEST_ATTRIBUTE, request)
        .idleTimeout(config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .timeout(config.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * In HTTP/2 a body needs neither a length nor a type. Where neither is there, the method tells
   * whether to look for one.
   */
  @Override
  protected boolean hasContent(HttpServletRequest request) {
    return super.hasContent(request)
        || (request.getContentLengthLong() < 0
            && request.getProtocol().equals(HttpVersion.HTTP_2.asString())
            && !WITHOUT_BODY.contains(request.getMethod()));
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
                .put(CorrelationId.HEADER, Refusals.correlationId(clientRequest)));
  }

  @Override
  protected void addProxyHeaders(HttpServletRequest clientRequest, Request proxyRequest) {
    addViaHeader(clientRequest, proxyRequest);
    proxyRequest.headers(
        fields -> {
          ForwardedFields.put(clientRequest, fields);
          @Nullable String host =
              config.preserveHost() ? ForwardedFields.host(clientRequest) : null;
          if (host != null) {
            fields.put(HttpHeader.HOST, host);
          }
        });
  }

  @Override
  protected void onServerResponseHeaders(
      HttpServletRequest clientRequest,
      HttpServletResponse proxyResponse,
      Response serverResponse) {
    ResponseFields.copy(serverResponse.getHeaders(), HOP_HEADERS, proxyResponse);
    Framing.letBreaksShow(clientRequest, proxyResponse);
  }

  @Override
  protected Response.Listener newProxyResponseListener(
      HttpServletRequest request, HttpServletResponse response) {
    return new ProxyResponseListener(request, response) {
      @Override
      public void onContentSource(Response upstream, Content.Source body) {
        super.onContentSource(
            upstream, body instanceof PromptBody ? body : new PromptBody(body, response));
      }
    };
  }

  @Override
  protected void onProxyResponseFailure(
      HttpServletRequest clientRequest,
      HttpServletResponse proxyResponse,
      @Nullable Response serverResponse,
      Throwable failure) {
    Exchange exchange = Exchange.of(clientRequest);
    Fault fault = ProxyFaults.of(failure);
    if (fault.equals(ProxyFaults.BROKE_OFF)
        && exchange.mayRepeat(clientRequest, serverResponse, hasContent(clientRequest))) {
      sendAgain(clientRequest, proxyResponse);
      return;
    }
    String id = Refusals.correlationId(clientRequest);
    if (failure instanceof ClientFailure) {
      LOG.debug("{} for {} [{}]", fault.code(), exchange, id, failure);
    } else {
      LOG.warn("{} for {}: {} [{}]", fault.code(), exchange, ProxyFaults.reason(failure), id);
    }
    Refusals.end(clientRequest, proxyResponse, fault);
  }

  private void sendAgain(HttpServletRequest request, HttpServletResponse response) {
    Request again = newProxyRequest(request, rewriteTarget(request));
    copyRequestHeaders(request, again);
    addProxyHeaders(request, again);
    sendProxyRequest(request, response, again);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended, here or before
  protected void onClientRequestFailure(
      HttpServletRequest clientRequest,
      Request proxyRequest,
      HttpServletResponse proxyResponse,
      Throwable failure) {
    proxyRequest.abort(ClientFailure.of(failure));
  }

  @Override
  protected ReadListener newReadListener(
      HttpServletRequest request,
      HttpServletResponse response,
      Request proxyRequest,
      AsyncRequestContent content) {
    return new StreamReader(request, response, proxyRequest, content) {
      @Override
      public void onError(Throwable failure) {
        super.onError(ClientFailure.of(failure));
      }
    };
  }

  @Override
  protected StreamWriter newWriteListener(HttpServletRequest request, Response proxyResponse) {
    return new StreamWriter(request, proxyResponse) {
      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // as above
      public void onError(Throwable failure) {
        proxyResponse.abort(ClientFailure.of(failure));
      }
    };
  }
}

package dev.intermission.gateway.proxy;

import dev.intermission.gateway.server.Fault;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What of the requests that pass the gate is for the gateway itself, and no upstream. */
final class ForGateway {

  /** What a client may send. */
  static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private static final String THE_SERVER = "*";
  private static final char REPLACED = '\ufffd';

  private ForGateway() {}

  /** Returns whether a request is about the server itself, and no path of it. */
  static boolean isOfServer(Request request) {
    return THE_SERVER.equals(request.getHttpURI().getPath());
  }

  /** Returns why a request goes to no upstream, or null. */
  static @Nullable Fault fault(Request request, Via via) {
    String target = request.getHttpURI().getPathQuery();
    if (target != null && target.indexOf(REPLACED) >= 0) {
      return ProxyFaults.NO_UTF8;
    }
    if (THE_SERVER.equals(target) && !HttpMethod.OPTIONS.is(request.getMethod())) {
      return ProxyFaults.NO_ASTERISK;
    }
    if (HttpMethod.TRACE.is(request.getMethod())) {
      return ProxyFaults.NO_TRACE;
    }
    HttpFields fields = request.getHeaders();
    if (!TransferCodings.areKnown(fields)) {
      return ProxyFaults.UNKNOWN_CODING;
    }
    return via.hasPassed(fields) ? ProxyFaults.LOOP : null;
  }

  /**
   * Returns whether a request asks what the server itself can do, or its client wants to know what
   * the gateway is (RFC 9110 sections 9.3.7 and 7.6.2).
   */
  static boolean isAsked(Request request) {
    return HttpMethod.OPTIONS.is(request.getMethod())
        && (isOfServer(request) || "0".equals(request.getHeaders().get(HttpHeader.MAX_FORWARDS)));
  }

  /** Answers such a request. */
  static void answer(Incoming client) {
    client.response().getHeaders().put(HttpHeader.ALLOW, METHODS);
    client.answerEmpty();
  }
}

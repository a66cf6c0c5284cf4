package dev.intermission.gateway.proxy;

import dev.intermission.api.BypassToken;
import dev.intermission.api.CorrelationId;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The fields of a client's request, as the upstream gets them. */
final class RequestFields {

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private final Via via;
  private final ForwardedFields forwarded;
  private final boolean preserveHost;

  RequestFields(Via via, ForwardedFields forwarded, boolean preserveHost) {
    this.via = via;
    this.forwarded = forwarded;
    this.preserveHost = preserveHost;
  }

  /** Puts what the upstream gets of a client's request. */
  void put(Incoming client, HttpFields.Mutable to) {
    HttpFields from = client.request().getHeaders();
    HopByHop dropped = HopByHop.of(from);
    @Nullable String host = preserveHost ? ForwardedFields.host(client.request()) : null;
    if (host != null) {
      to.add(HttpHeader.HOST, host);
    }
    for (HttpField field : from) {
      if (!dropped.contains(field) && !isOwn(field) && !ForwardedFields.isOne(field)) {
        to.add(field);
      }
    }
    to.put(CorrelationId.HEADER, client.correlationId());
    to.put(CorrelationId.PUBLISHED_HEADER, client.correlationId());
    to.put(HttpHeader.VIA, via.with(from, client.version()));
    putCookies(from, to);
    putMaxForwards(client.request(), to);
    forwarded.put(client.request(), to);
  }

  /** Returns whether the gateway has its own say in a field. */
  private static boolean isOwn(HttpField field) {
    @Nullable HttpHeader header = field.getHeader();
    if (header == null) {
      return isBypassToken(field);
    }
    return switch (header) {
      case COOKIE, EXPECT, HOST, VIA -> true;
      default -> false;
    };
  }

  /** Returns whether it is meant for the gate alone, be it valid or not. */
  static boolean isBypassToken(HttpField field) {
    return field.getName().equalsIgnoreCase(BypassToken.HEADER);
  }

  /** Joins what HTTP/2 may split for its compression (RFC 9113 section 8.2.3). */
  private static void putCookies(HttpFields from, HttpFields.Mutable to) {
    List<String> cookies = from.getValuesList(HttpHeader.COOKIE);
    if (!cookies.isEmpty()) {
      to.put(HttpHeader.COOKIE, String.join("; ", cookies));
    }
  }

  /** Counts down what has a meaning for these methods only (RFC 9110 section 7.6.2). */
  private static void putMaxForwards(Request request, HttpFields.Mutable to) {
    String left = request.getHeaders().get(HttpHeader.MAX_FORWARDS);
    if (left != null
        && HttpMethod.OPTIONS.is(request.getMethod())
        && COUNT.matcher(left).matches()) {
      to.put(HttpHeader.MAX_FORWARDS, String.valueOf(Long.parseLong(left) - 1));
    }
  }
}

package dev.intermission.gateway.proxy;

import dev.intermission.api.CorrelationId;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The fields of a client's request, as the upstream gets them. */
final class RequestFields {

  private static final String PSEUDONYM = "intermission";

  private RequestFields() {}

  static void put(Incoming client, boolean preserveHost, HttpFields.Mutable to) {
    HttpFields from = client.request().getHeaders();
    HopByHop dropped = HopByHop.of(from);
    @Nullable String host = preserveHost ? ForwardedFields.host(client.request()) : null;
    if (host != null) {
      to.add(HttpHeader.HOST, host);
    }
    for (HttpField field : from) {
      if (!dropped.contains(field) && !isOwn(field.getHeader())) {
        to.add(field);
      }
    }
    to.put(CorrelationId.HEADER, client.correlationId());
    to.put(HttpHeader.VIA, via(client));
    ForwardedFields.put(client.request(), to);
  }

  /** Returns whether the gateway has its own say in a field. */
  private static boolean isOwn(@Nullable HttpHeader header) {
    if (header == null) {
      return false;
    }
    return switch (header) {
      case EXPECT, HOST -> true;
      default -> false;
    };
  }

  private static String via(Incoming client) {
    String version = client.version().asString().substring("HTTP/".length());
    return Stream.concat(
            client.request().getHeaders().getValuesList(HttpHeader.VIA).stream(),
            Stream.of(version + " " + PSEUDONYM))
        .collect(Collectors.joining(", "));
  }
}

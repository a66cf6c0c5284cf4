package dev.intermission.gateway.proxy;

import dev.intermission.api.AddressRange;
import dev.intermission.api.AddressText;
import dev.intermission.api.IpAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The fields that tell an upstream what the gateway itself knows of the client: its address, the
 * scheme and port where it came in, and what it asked for. What a client says of that is not passed
 * on, since it could claim anything; what a trusted proxy says is, and added to.
 */
final class ForwardedFields {

  private final List<AddressRange> trusted;

  /** Takes the addresses whose word is believed. */
  ForwardedFields(List<AddressRange> trusted) {
    this.trusted = trusted;
  }

  void put(Request client, HttpFields.Mutable fields) {
    ConnectionMetaData connection = client.getConnectionMetaData();
    HttpFields said =
        isTrusted(connection.getRemoteSocketAddress()) ? client.getHeaders() : HttpFields.EMPTY;
    String address = address(connection.getRemoteSocketAddress());
    String scheme = client.getHttpURI().getScheme();
    @Nullable String host = host(client);
    for (HttpField field : said) {
      if (isOne(field) && field.getName().indexOf('_') < 0) {
        fields.add(field);
      }
    }
    append(fields, HttpHeader.X_FORWARDED_FOR, address);
    append(fields, HttpHeader.FORWARDED, forwarded(address, host, scheme));
    putIfAbsent(fields, HttpHeader.X_FORWARDED_PROTO, scheme);
    putIfAbsent(fields, HttpHeader.X_FORWARDED_HOST, host);
    if (connection.getLocalSocketAddress() instanceof InetSocketAddress local) {
      putIfAbsent(fields, HttpHeader.X_FORWARDED_PORT, String.valueOf(local.getPort()));
    }
  }

  private boolean isTrusted(SocketAddress socket) {
    if (trusted.isEmpty()
        || !(socket instanceof InetSocketAddress inet)
        || inet.getAddress() == null) {
      return false;
    }
    IpAddress address = IpAddress.of(inet.getAddress());
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /** Returns the address of a socket; that of an unresolved one is its name. */
  private static String address(SocketAddress socket) {
    if (!(socket instanceof InetSocketAddress inet)) {
      return "unknown";
    }
    return inet.getAddress() == null ? inet.getHostString() : AddressText.of(inet.getAddress());
  }

  private static void append(HttpFields.Mutable fields, HttpHeader header, String value) {
    List<String> before = fields.getValuesList(header);
    fields.put(header, before.isEmpty() ? value : String.join(", ", before) + ", " + value);
  }

  private static void putIfAbsent(
      HttpFields.Mutable fields, HttpHeader header, @Nullable String value) {
    if (value != null && !fields.contains(header)) {
      fields.put(header, value);
    }
  }

  /** Returns the element that RFC 7239 section 4 lets a gateway add. */
  private static String forwarded(String address, @Nullable String host, String scheme) {
    String from = address.indexOf(':') < 0 ? address : "[" + address + "]";
    String asked = host == null ? "" : ";host=" + quoted(host);
    return "for=" + quoted(from) + asked + ";proto=" + scheme;
  }

  private static String quoted(String value) {
    boolean isPlain = value.indexOf('"') < 0 && value.indexOf('\\') < 0;
    return '"' + (isPlain ? value : value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  /** Returns whether a field is one of them, in any of the spellings that a receiver may accept. */
  static boolean isOne(HttpField field) {
    if (field.getHeader() != null) {
      return switch (field.getHeader()) {
        case FORWARDED,
            X_FORWARDED_FOR,
            X_FORWARDED_HOST,
            X_FORWARDED_PORT,
            X_FORWARDED_PROTO,
            X_FORWARDED_SERVER ->
            true;
        default -> false;
      };
    }
    String name = field.getLowerCaseName().replace('_', '-');
    return name.equals("forwarded") || name.startsWith("x-forwarded-");
  }

  /** Returns what the client asked for as a Host field has it, if it said so. */
  static @Nullable String host(Request client) {
    if (client.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
      return client.getHeaders().get(HttpHeader.HOST);
    }
    return client.getHttpURI().getAuthority();
  }
}

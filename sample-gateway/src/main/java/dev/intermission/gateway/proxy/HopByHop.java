package dev.intermission.gateway.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.jspecify.annotations.Nullable;

/** The fields of a message that are for one connection only (RFC 9110 section 7.6.1). */
final class HopByHop {

  /** The fields that a message names as its own; most name none. */
  private final Set<String> named;

  private HopByHop(Set<String> named) {
    this.named = named;
  }

  /** Returns what of a message with these fields does not go on. */
  static HopByHop of(HttpFields fields) {
    @Nullable HttpField connection = fields.getField(HttpHeader.CONNECTION);
    return connection == null || HttpHeaderValue.KEEP_ALIVE.is(connection.getValue())
        ? new HopByHop(Set.of())
        : new HopByHop(named(fields.getCSV(HttpHeader.CONNECTION, false)));
  }

  private static Set<String> named(List<String> names) {
    Set<String> lower = new HashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  boolean contains(HttpField field) {
    return isAlways(field.getHeader())
        || (!named.isEmpty() && named.contains(field.getLowerCaseName()));
  }

  private static boolean isAlways(@Nullable HttpHeader header) {
    if (header == null) {
      return false;
    }
    return switch (header) {
      case CONNECTION,
          KEEP_ALIVE,
          PROXY_AUTHENTICATE,
          PROXY_AUTHORIZATION,
          PROXY_CONNECTION,
          TE,
          TRAILER,
          TRANSFER_ENCODING,
          UPGRADE ->
          true;
      default -> false;
    };
  }
}

package dev.intermission.gateway.proxy;

import java.util.HashSet;
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
    Set<String> named = Set.of();
    for (HttpField field : fields) {
      if (field.getHeader() == HttpHeader.CONNECTION
          && !HttpHeaderValue.KEEP_ALIVE.is(field.getValue())) {
        named = named.isEmpty() ? new HashSet<>() : named;
        addNames(field.getValue(), named);
      }
    }
    return new HopByHop(named);
  }

  /** Takes what is between commas: names have no quotes, and what is none does no harm here. */
  private static void addNames(@Nullable String value, Set<String> named) {
    if (value != null) {
      for (String name : value.split(",", -1)) {
        named.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
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

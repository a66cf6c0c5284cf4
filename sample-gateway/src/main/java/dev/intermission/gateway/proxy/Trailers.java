package dev.intermission.gateway.proxy;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The fields behind a body, as they go on (RFC 9110 section 6.5). */
final class Trailers {

  private Trailers() {}

  /**
   * Returns what goes on, or null where that is nothing. Fields that frame a message, route it, or
   * say who sends it have no meaning behind a body; a receiver that merges the fields behind into
   * those before would be deceived by them.
   */
  static @Nullable HttpFields of(@Nullable HttpFields trailers) {
    if (trailers == null || trailers.size() == 0) {
      return null;
    }
    HopByHop dropped = HopByHop.of(trailers);
    HttpFields.Mutable kept = HttpFields.build();
    for (HttpField field : trailers) {
      if (!dropped.contains(field) && !belongsToHead(field)) {
        kept.add(field);
      }
    }
    return kept.size() == 0 ? null : kept;
  }

  private static boolean belongsToHead(HttpField field) {
    @Nullable HttpHeader header = field.getHeader();
    if (header == null) {
      return ForwardedFields.isOne(field) || RequestFields.isBypassToken(field);
    }
    return switch (header) {
      case AUTHORIZATION,
          CACHE_CONTROL,
          CONTENT_ENCODING,
          CONTENT_LENGTH,
          CONTENT_RANGE,
          CONTENT_TYPE,
          COOKIE,
          EXPECT,
          HOST,
          MAX_FORWARDS,
          RANGE,
          SET_COOKIE,
          VIA ->
          true;
      default -> ForwardedFields.isOne(field);
    };
  }

  /** Tells which fields will follow, where the body is one that fields can follow. */
  static void announce(HttpFields from, HttpFields.Mutable to) {
    for (HttpField field : from.getFields(HttpHeader.TRAILER)) {
      to.add(field);
    }
  }
}

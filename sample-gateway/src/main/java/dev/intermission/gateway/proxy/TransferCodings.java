package dev.intermission.gateway.proxy;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;

/** How a message of HTTP/1.1 is coded on its connection (RFC 9112 section 6.1). */
final class TransferCodings {

  private TransferCodings() {}

  /** Returns whether there is none but chunked: others can't be taken off, and must not go on. */
  static boolean areKnown(HttpFields fields) {
    if (!fields.contains(HttpHeader.TRANSFER_ENCODING)) {
      return true;
    }
    List<String> codings = fields.getValuesList(HttpHeader.TRANSFER_ENCODING);
    return codings.size() == 1 && HttpHeaderValue.CHUNKED.is(codings.get(0).strip());
  }
}

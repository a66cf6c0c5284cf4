package dev.intermission.gateway.proxy;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;

/**
 * The name of this gateway among those that a message passes (RFC 9110 section 7.6.3). Each process
 * has its own, so that a message that comes back is seen, and gateways in a row are not.
 */
final class Via {

  private final String pseudonym;

  Via() {
    pseudonym =
        String.format(Locale.ROOT, "intermission-%08x", ThreadLocalRandom.current().nextInt());
  }

  /** Returns whether a message with these fields was here before. */
  boolean hasPassed(HttpFields fields) {
    for (String passed : fields.getValuesList(HttpHeader.VIA)) {
      if (passed.contains(pseudonym)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the field for a message that came with these fields by this version. */
  String with(HttpFields fields, HttpVersion version) {
    String own = version.asString().substring("HTTP/".length()) + " " + pseudonym;
    List<String> before = fields.getValuesList(HttpHeader.VIA);
    return before.isEmpty() ? own : String.join(", ", before) + ", " + own;
  }
}

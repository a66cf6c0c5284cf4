package dev.intermission.gateway.proxy;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The fields of an upstream's response, as the client gets them. */
final class ResponseFields {

  private ResponseFields() {}

  /** Copies all but those that are for one hop (RFC 9110 section 7.6.1). */
  static void copy(HttpFields upstream, Set<String> hopByHop, HttpServletResponse client) {
    Set<String> dropped = new HashSet<>(hopByHop);
    upstream
        .getCSV(HttpHeader.CONNECTION, false)
        .forEach(name -> dropped.add(name.toLowerCase(Locale.ROOT)));
    HttpFields.Mutable fields =
        ServletContextResponse.getServletContextResponse(client).getWrapped().getHeaders();
    for (HttpField field : upstream) {
      if (field.getHeader() == HttpHeader.CONTENT_TYPE || field.getHeader() == HttpHeader.DATE) {
        // Past the servlet layer, which would write the one in its own way and the other twice.
        fields.put(field);
      } else if (!dropped.contains(field.getLowerCaseName())) {
        client.addHeader(field.getName(), field.getValue());
      }
    }
  }
}

package dev.intermission.gateway.server;

import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpTokens;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * What makes a request of HTTP/2 malformed (RFC 9113 sections 8.1.1, 8.2, 8.3.1 and 8.5). All that
 * could go on to an upstream in HTTP/1.1 is checked here character by character, since HTTP/2 can
 * carry any byte anywhere, and Jetty checks a field only when it first comes on a connection.
 */
final class Http2Rules {

  /** Fields of one connection (RFC 9113 section 8.2.2). */
  private static final Set<HttpHeader> OF_THE_CONNECTION =
      EnumSet.of(
          HttpHeader.CONNECTION,
          HttpHeader.KEEP_ALIVE,
          HttpHeader.PROXY_CONNECTION,
          HttpHeader.TRANSFER_ENCODING,
          HttpHeader.UPGRADE);

  private static final char DELETE = 0x7f;
  private static final int MAX_LENGTH_DIGITS = 18;

  /** What a host and port may have besides letters and digits (RFC 3986 section 3.2.2). */
  private static final String HOST_MARKS = "-._~!$&'()*+,;=%:[]";

  private Http2Rules() {}

  /**
   * Returns what is wrong with a request, or null.
   *
   * @param ended whether no body follows
   */
  static @Nullable String fault(MetaData.Request request, boolean ended) {
    if (!isToken(request.getMethod())) {
      return "the method is no token";
    }
    @Nullable String fault = faultOfFields(request.getHttpFields(), ended);
    if (fault != null) {
      return fault;
    }
    return HttpMethod.CONNECT.is(request.getMethod())
        ? faultOfConnect(request)
        : faultOfTarget(request.getHttpURI(), request.getHttpFields());
  }

  private static @Nullable String faultOfConnect(MetaData.Request request) {
    HttpURI uri = request.getHttpURI();
    boolean authorityAlone = uri.getScheme() == null && isNullOrEmpty(uri.getPath());
    return authorityAlone && uri.hasAuthority() ? null : "CONNECT has more than :authority";
  }

  private static @Nullable String faultOfTarget(HttpURI uri, HttpFields fields) {
    String target = uri.getPathQuery();
    if (target == null || uri.getFragment() != null) {
      return ":path is none";
    }
    for (int i = 0; i < target.length(); i++) {
      // Bytes above are read as UTF-8 by RequestCheck.
      if (target.charAt(i) <= ' ' || target.charAt(i) == DELETE) {
        return ":path has a character that no path has";
      }
    }
    if (uri.hasAuthority() && !isNullOrEmpty(uri.getHost())) {
      return null;
    }
    return isHost(fields.get(HttpHeader.HOST)) ? null : "neither :authority nor Host names a host";
  }

  private static boolean isHost(@Nullable String host) {
    if (host == null || host.isEmpty()) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= DELETE || (!Character.isLetterOrDigit(c) && HOST_MARKS.indexOf(c) < 0)) {
        return false;
      }
    }
    try {
      return !new HostPort(host).getHost().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String faultOfFields(HttpFields fields, boolean ended) {
    int lengths = 0;
    for (HttpField field : fields) {
      if (!isToken(field.getName())) {
        return "a field's name is no token";
      }
      if (!isValue(field.getValue())) {
        return "a field's value has a character that none has";
      }
      if (field.getHeader() == HttpHeader.CONTENT_LENGTH) {
        lengths++;
        if (lengths > 1 || !isLength(field.getValue(), ended)) {
          return "Content-Length is not that of the body";
        }
      } else if (field.getHeader() != null && OF_THE_CONNECTION.contains(field.getHeader())) {
        return "a field is one of the connection";
      }
    }
    return null;
  }

  /** A body that follows is counted by Jetty, which resets the stream if it has another length. */
  private static boolean isLength(@Nullable String value, boolean ended) {
    if (value == null || value.isEmpty() || value.length() > MAX_LENGTH_DIGITS) {
      return false;
    }
    boolean zero = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      zero &= c == '0';
    }
    return zero || !ended;
  }

  /** Returns whether it is a method or the name of a field (RFC 9110 section 5.6.2). */
  private static boolean isToken(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      HttpTokens.@Nullable Token token = HttpTokens.getToken(text.charAt(i));
      if (token == null) {
        return false;
      }
      switch (token.getType()) {
        case ALPHA, DIGIT, TCHAR -> {}
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns whether it is the value of a field (RFC 9110 section 5.5, RFC 9113 section 8.2.1). */
  private static boolean isValue(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return true;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE || c > 0xff) {
        return false;
      }
    }
    return value.charAt(0) > ' ' && value.charAt(value.length() - 1) > ' ';
  }

  private static boolean isNullOrEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}

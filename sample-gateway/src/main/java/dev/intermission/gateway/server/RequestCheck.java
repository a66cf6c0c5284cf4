package dev.intermission.gateway.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Runs before everything else that sees a request, in every version of HTTP, so that routing, gate,
 * forwarding and log work with the same values:
 *
 * <ul>
 *   <li>CONNECT is refused with 501: a tunnel has no content (RFC 9110 section 9.3.6), and code
 *       that waits for content would wait for ever.
 *   <li>A transfer coding in HTTP/1.0, which has none, is refused with 400: its receivers disagree
 *       on where such a message ends (RFC 9112 section 6.1).
 *   <li>In HTTP/2 a target may have bytes above 0x7f, as in HTTP/1.1; what of it is not UTF-8 is
 *       refused with 400.
 *   <li>The scheme is that of the connection, whatever the client claims (RFC 9110 section 7.4).
 *   <li>If an HTTP/2 request has no {@code :authority}, the Host field is used (RFC 9113 section
 *       8.3.1).
 *   <li>A path begins with one slash: many readers would take the text after two slashes for a
 *       host.
 * </ul>
 *
 * <p>What makes a message of HTTP/2 malformed is {@link Http2Rules}' business; the parser of
 * HTTP/1.1 looks for it there.
 */
final class RequestCheck implements HttpConfiguration.Customizer {

  private static final char LAST_ASCII = 0x7f;

  @Override
  public Request customize(Request request, HttpFields.Mutable responseFields) {
    if (HttpMethod.CONNECT.is(request.getMethod())) {
      throw new HttpException.RuntimeException(
          HttpStatus.NOT_IMPLEMENTED_501, "CONNECT is not served");
    }
    HttpVersion version = request.getConnectionMetaData().getHttpVersion();
    if (version == HttpVersion.HTTP_1_0
        && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "HTTP/1.0 has no transfer codings");
    }
    HttpURI uri = request.getHttpURI();
    if (uri.getUser() != null) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "The request target has user information");
    }
    boolean secure = request.getConnectionMetaData().isSecure();
    HttpScheme scheme = secure ? HttpScheme.HTTPS : HttpScheme.HTTP;
    boolean isRaw = version == HttpVersion.HTTP_2 && !isAscii(uri.getPathQuery());
    if (scheme.is(uri.getScheme()) && uri.hasAuthority() && !beginsWithTwoSlashes(uri) && !isRaw) {
      return request;
    }
    return new AsAsked(request, asAsked(request, scheme, isRaw), secure);
  }

  private static boolean isAscii(@Nullable String target) {
    return target == null || target.chars().allMatch(c -> c <= LAST_ASCII);
  }

  /** Returns the text of a target whose bytes are its characters. */
  private static String utf8(String target) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(target.getBytes(StandardCharsets.ISO_8859_1));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "The request target has bytes that are not UTF-8", e);
    }
  }

  private static HttpURI asAsked(Request request, HttpScheme scheme, boolean isRaw) {
    HttpURI.Mutable uri = HttpURI.build(request.getHttpURI()).scheme(scheme);
    try {
      String host = request.getHeaders().get(HttpHeader.HOST);
      if (!uri.hasAuthority() && host != null && !host.isEmpty()) {
        HostPort authority = new HostPort(host);
        uri.authority(authority.getHost(), authority.getPort());
      }
      if (isRaw) {
        uri.pathQuery(utf8(uri.getPathQuery()));
      }
      if (beginsWithTwoSlashes(uri)) {
        uri.pathQuery(uri.getPathQuery().replaceFirst("^/+", "/"));
      }
    } catch (IllegalArgumentException e) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "The request target is none", e);
    }
    return uri.asImmutable();
  }

  private static boolean beginsWithTwoSlashes(HttpURI uri) {
    return uri.getPath() != null && uri.getPath().startsWith("//");
  }

  /** A request with its corrected target. */
  private static final class AsAsked extends Request.Wrapper {

    private final HttpURI uri;
    private final boolean secure;

    AsAsked(Request request, HttpURI uri, boolean secure) {
      super(request);
      this.uri = uri;
      this.secure = secure;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }
}

package dev.intermission.gateway.proxy;

import dev.intermission.api.RoutingAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.jspecify.annotations.Nullable;

/**
 * A request whose method, path and query go out as they are given. Jetty's own would write the
 * method in capitals, and give up on a query such as {@code q=100%} that is no URI.
 *
 * <p>Its time-out is the one for the head of the final response: it runs while the request waits
 * for a connection and once it is sent, and is over with that head. How long the two bodies take is
 * not limited.
 */
final class UpstreamRequest extends HttpRequest {

  private static final char DELETE = 0x7f;

  /** Jetty takes a URI and asks it for its host, which it has not with an underscore. */
  private static final URI ANY = URI.create("http://upstream");

  private final String method;
  private final String path;
  private final @Nullable String query;
  private @Nullable Exchange exchange;
  private volatile boolean isSending;
  private volatile boolean isAnswered;
  private volatile long expiresAt = Long.MAX_VALUE;

  /**
   * Makes a request to the host and port of an address.
   *
   * @param path in visible ASCII
   */
  UpstreamRequest(
      HttpClient client,
      RoutingAddress address,
      String method,
      String path,
      @Nullable String query) {
    super(client, new HttpConversation(), ANY);
    scheme(address.address().getScheme());
    host(address.host());
    port(address.port());
    this.method = method;
    this.path = path;
    this.query = query == null ? null : ascii(query);
  }

  /** Says whose request it is. */
  UpstreamRequest of(Exchange whose) {
    exchange = whose;
    return this;
  }

  /** Aborts it, wherever it is; its exchange is told. */
  @SuppressWarnings("FutureReturnValueIgnored") // the exchange tells how it ended
  void giveUp(Throwable why) {
    abort(why);
  }

  /** Says that the head of the final response is there. */
  void answered() {
    isAnswered = true;
  }

  /** Says that an interim response is there. */
  void interim(int status, HttpFields fields) {
    if (exchange != null) {
      exchange.interim(status, fields);
    }
  }

  /** Returns whether the upstream has no part in that nothing happens. */
  boolean isClientsTurn() {
    return exchange != null && exchange.isClientsTurn();
  }

  /**
   * The head is complete, and there is a connection. A response may overtake {@link #notifyCommit}.
   */
  @Override
  public void notifyHeaders() {
    if (exchange != null) {
      exchange.sent(getHeaders(), query);
    }
    super.notifyHeaders();
  }

  @Override
  public void notifyCommit() {
    isSending = true;
    if (exchange != null) {
      exchange.committed();
    }
    super.notifyCommit();
  }

  @Override
  public void notifySuccess() {
    expiresAt = CyclicTimeouts.Expirable.calcExpireNanoTime(getTimeout());
    isSending = false;
    super.notifySuccess();
  }

  /** Escapes what no request line may hold, so that it does not turn into something else. */
  static String ascii(String target) {
    int at = 0;
    while (at < target.length() && isVisible(target.charAt(at))) {
      at++;
    }
    return at == target.length() ? target : escaped(target);
  }

  private static boolean isVisible(int c) {
    return c > ' ' && c < DELETE;
  }

  private static String escaped(String target) {
    StringBuilder ascii = new StringBuilder();
    for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
      if (isVisible(b)) {
        ascii.append((char) b);
      } else {
        ascii.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return ascii.toString();
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getPath() {
    return path;
  }

  @Override
  public @Nullable String getQuery() {
    return query;
  }

  /**
   * Has none. Jetty would parse one for each request and take no more than the Host field from it,
   * since cookies and authentication are not the gateway's; without one it takes the destination's.
   */
  @Override
  public @Nullable URI getURI() {
    return null;
  }

  @Override
  public long getTimeoutNanoTime() {
    if (isAnswered) {
      return Long.MAX_VALUE;
    }
    if (isSending) {
      // Never due, but to be looked at again.
      return CyclicTimeouts.Expirable.calcExpireNanoTime(getTimeout());
    }
    return expiresAt == Long.MAX_VALUE ? super.getTimeoutNanoTime() : expiresAt;
  }
}

package dev.intermission.gateway.proxy;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.RoutingAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.client.Response;
import org.jspecify.annotations.Nullable;

/** One request on its way to an upstream; kept with the client's request. */
final class Exchange {

  private static final String ATTRIBUTE = Exchange.class.getName();
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final DeployedProxy proxy;
  private final RoutingAddress address;
  private final String path;
  private boolean repeated;

  private Exchange(DeployedProxy proxy, RoutingAddress address, String path) {
    this.proxy = proxy;
    this.address = address;
    this.path = path;
  }

  /** Chooses the upstream of a request that belongs to the proxy. */
  static Exchange begin(HttpServletRequest request, DeployedProxy proxy, String rawPath) {
    RoutingAddress address = Upstreams.choose(proxy.proxy().routing());
    String path = UpstreamPath.of(address.address().getRawPath(), proxy.proxy(), rawPath);
    Exchange exchange = new Exchange(proxy, address, path);
    request.setAttribute(ATTRIBUTE, exchange);
    return exchange;
  }

  static Exchange of(HttpServletRequest request) {
    return (Exchange) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
  }

  /** Returns the raw path for the upstream. */
  String path() {
    return path;
  }

  URI address() {
    return address.address();
  }

  /**
   * Returns whether a request that failed may be sent again (RFC 9110 section 9.2.2, RFC 9112
   * section 9.3.1): it is the first time, the method is safe, there was no sign of an answer, and
   * the connection was used before. Then the upstream has most likely closed an idle connection in
   * the moment in which it was taken.
   */
  boolean mayRepeat(HttpServletRequest request, @Nullable Response response, boolean hasBody) {
    boolean may =
        !repeated
            && !hasBody
            && SAFE_METHODS.contains(request.getMethod())
            && response != null
            && response.getStatus() == 0
            && response.getRequest().getConnection()
                instanceof org.eclipse.jetty.io.Connection connection
            && connection.getMessagesOut() > 1;
    repeated |= may;
    return may;
  }

  @Override
  public String toString() {
    return proxy.id() + " at " + address.address();
  }
}

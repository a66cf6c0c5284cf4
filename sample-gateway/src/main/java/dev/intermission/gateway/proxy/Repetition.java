package dev.intermission.gateway.proxy;

import java.util.Set;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Connection;

/** Decides which requests are sent a second time. */
final class Repetition {

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private Repetition() {}

  /**
   * Returns whether a request without a body that failed may be sent again (RFC 9110 section 9.2.2,
   * RFC 9112 section 9.3.1): the method is safe, there was no sign of an answer, and the connection
   * was used before. Then the upstream has most likely closed an idle connection in the moment in
   * which it was taken.
   */
  static boolean isSafe(Result failed) {
    Response response = failed.getResponse();
    return ProxyFaults.of(failed.getFailure()).equals(ProxyFaults.BROKE_OFF)
        && SAFE_METHODS.contains(failed.getRequest().getMethod())
        && response != null
        && response.getStatus() == 0
        && failed.getRequest().getConnection() instanceof Connection connection
        && connection.getMessagesOut() > 1;
  }
}

package dev.intermission.feed.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Lets nodes follow the environments that they may, and refuses the others. Thread-safe. */
final class FeedAccess {

  private static final String BEARER = "bearer ";

  private final AdminFeed feed;
  private final NodeAuthenticator nodes;

  FeedAccess(AdminFeed feed, NodeAuthenticator nodes) {
    this.feed = feed;
    this.nodes = nodes;
  }

  /** Returns whether the node may follow the environment; if not, the answer has been sent. */
  boolean allows(HttpServletRequest request, HttpServletResponse response, String environment)
      throws IOException {
    String authorization = request.getHeader("Authorization");
    boolean bearer =
        authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    NodeAuthenticator.Verdict verdict =
        bearer
            ? nodes.check(authorization.substring(BEARER.length()).strip(), environment)
            : NodeAuthenticator.Verdict.INVALID_TOKEN;
    if (verdict == NodeAuthenticator.Verdict.INVALID_TOKEN) {
      response.setHeader("WWW-Authenticate", "Bearer");
      refuse(response, 401, "A node needs a token that is in force");
      return false;
    }
    if (verdict == NodeAuthenticator.Verdict.NOT_ALLOWED) {
      refuse(response, 403, "The token's user may not follow this environment");
      return false;
    }
    if (!feed.knows(environment)) {
      refuse(response, 404, "There is no such environment");
      return false;
    }
    return true;
  }

  /** Refuses a request, with a text for people. */
  static void refuse(HttpServletResponse response, int status, String text) throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=utf-8");
    response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

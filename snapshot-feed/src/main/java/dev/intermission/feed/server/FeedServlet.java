package dev.intermission.feed.server;

import dev.intermission.api.AddressText;
import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.feed.CountsReport;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.runtime.FailureLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server side of the feed: answers with the changes after a version of an environment as soon
 * as there are any. Map it to {@link FeedProtocol#PATH} with async support. Nodes ask it as {@link
 * FeedProtocol} says, with the token of a user that may follow the environment.
 *
 * <p>The token of a waiting request is checked twice, when the request arrives and before it is
 * answered, since it may have been revoked or have expired meanwhile. A 200 has the version of the
 * changes as its {@code ETag}.
 */
public final class FeedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(FeedServlet.class);
  private static final Duration TO_ANSWER = Duration.ofSeconds(30);

  private final transient AdminFeed feed;
  private final transient FeedAccess access;
  private final transient Clock clock;
  private final transient FailureLog outages = new FailureLog(LOG);
  private final transient FailureLog faults = new FailureLog(LOG);
  private final transient FailureLog clocks = new FailureLog(LOG);

  /** Serves this feed to the nodes that the authenticator accepts. */
  public FeedServlet(AdminFeed feed, NodeAuthenticator nodes) {
    this(feed, nodes, Clock.systemUTC());
  }

  /** Compares the nodes' clocks with this one. */
  public FeedServlet(AdminFeed feed, NodeAuthenticator nodes, Clock clock) {
    this.feed = feed;
    access = new FeedAccess(feed, nodes);
    this.clock = clock;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getMethod()) {
      case "GET" -> doGet(request, response);
      case "DELETE" -> doDelete(request, response);
      case "POST" -> doPost(request, response);
      default -> {
        response.setHeader("Allow", "DELETE, GET, POST");
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      }
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    Instant now = clock.instant();
    Ask ask = Ask.of(request);
    if (ask == null) {
      FeedAccess.refuse(
          response,
          400,
          "Ask with ?environment=NAME&after=VERSION&wait=MILLIS and the header "
              + FeedProtocol.NODE);
      return;
    }
    try {
      if (access.allows(request, response, ask.environment())) {
        report(ask, request, now);
        if (ask.longest().isZero()) {
          // wait=0 is a probe: answer from the store, not from the cache.
          answer(ask, feed.newest(ask.environment()), response);
        } else {
          answerLater(ask, request);
        }
      }
    } catch (StoreUnavailableException e) {
      unavailable(response, e);
    }
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String environment = request.getParameter(FeedProtocol.ENVIRONMENT);
    String node = Ask.node(request);
    if (environment == null || node == null) {
      FeedAccess.refuse(
          response, 400, "Leave with ?environment=NAME and the header " + FeedProtocol.NODE);
      return;
    }
    try {
      if (access.allows(request, response, environment)) {
        feed.left(environment, node);
        response.setStatus(204);
      }
    } catch (StoreUnavailableException e) {
      unavailable(response, e);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String environment = request.getParameter(FeedProtocol.ENVIRONMENT);
    String node = Ask.node(request);
    if (environment == null || node == null) {
      FeedAccess.refuse(
          response, 400, "Report with ?environment=NAME and the header " + FeedProtocol.NODE);
      return;
    }
    try {
      if (access.allows(request, response, environment)) {
        Optional<CountsReport> report = CountsBody.read(request);
        if (report.isEmpty()) {
          FeedAccess.refuse(response, 400, "The body is no report of counts, or it is too large");
        } else {
          boolean isTaken = feed.counted(environment, node, Ask.run(request), report.get());
          response.setStatus(isTaken ? 204 : 409);
        }
      }
    } catch (StoreUnavailableException e) {
      unavailable(response, e);
    }
  }

  private void report(Ask ask, HttpServletRequest request, Instant now) {
    Duration clockOffset = ask.time() == null ? null : Duration.between(now, ask.time());
    feed.report(
        new NodeReport(
            ask.environment(),
            ask.node(),
            ask.after(),
            AddressText.of(request.getRemoteAddr()),
            Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
            ask.format(),
            clockOffset,
            ask.run()));
    NodeView.clockDifference(clockOffset)
        .ifPresent(
            difference ->
                clocks.failed("The clock of node " + ask.node() + " " + difference, null));
  }

  private void answerLater(Ask ask, HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    async.setTimeout(ask.longest().plus(TO_ANSWER).toMillis());
    // What goes wrong while it is answered is told there.
    CompletableFuture<Void> unused =
        feed.newerThan(ask.environment(), ask.after(), ask.longest())
            .thenAcceptAsync(version -> answer(ask, version, async), async::start);
  }

  private void answer(Ask ask, long version, AsyncContext async) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    try {
      // The token may have been revoked, or have expired, while the request waited.
      if (access.allows((HttpServletRequest) async.getRequest(), response, ask.environment())) {
        answer(ask, version, response);
      }
    } catch (StoreUnavailableException e) {
      unavailable(response, e);
    } catch (IOException e) {
      LOG.debug("Node {} broke off", ask.node(), e);
    } catch (RuntimeException e) {
      faults.failed("Node " + ask.node() + " got no answer from the feed", e);
      response.setStatus(500);
    } finally {
      async.complete();
    }
  }

  private void answer(Ask ask, long version, HttpServletResponse response) throws IOException {
    Optional<byte[]> changes = feed.encoded(ask.environment(), ask.after(), version);
    if (changes.isEmpty()) {
      response.setStatus(204);
      return;
    }
    response.setHeader("ETag", "\"" + version + "\"");
    response.setContentType("application/json");
    response.setContentLength(changes.get().length);
    response.getOutputStream().write(changes.get());
  }

  private void unavailable(HttpServletResponse response, StoreUnavailableException e) {
    outages.failed("The feed can't be served: " + e.getMessage(), null);
    response.setHeader("Retry-After", "1");
    response.setStatus(503);
  }
}

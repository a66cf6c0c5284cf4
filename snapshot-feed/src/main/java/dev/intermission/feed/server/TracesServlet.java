package dev.intermission.feed.server;

import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownOutcomeException;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.feed.TraceReportJson;
import dev.intermission.feed.UnreadableSnapshotException;
import dev.intermission.runtime.FailureLog;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what gateways traced. Map it to {@link FeedProtocol#TRACES_PATH}, beside a {@link
 * FeedServlet}; without it, gateways keep what they traced until there is no room. They tell it as
 * {@link FeedProtocol} says, with the token that they follow the environment with.
 */
public final class TracesServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(TracesServlet.class);

  /** Each may take several times {@link TraceReportJson#MOST_BYTES} of memory. */
  private static final int MOST_AT_ONCE = 8;

  private final transient FeedAccess access;
  private final transient TraceReceiver receiver;
  private final transient Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final transient FailureLog outages = new FailureLog(LOG);
  private final transient FailureLog faults = new FailureLog(LOG);
  private final transient FailureLog refusals = new FailureLog(LOG);

  /** Gives this receiver what the nodes tell that the authenticator accepts. */
  public TracesServlet(AdminFeed feed, NodeAuthenticator nodes, TraceReceiver receiver) {
    access = new FeedAccess(feed, nodes);
    this.receiver = receiver;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    String environment = request.getParameter(FeedProtocol.ENVIRONMENT);
    String node = Ask.node(request);
    String run = Ask.run(request);
    if (environment == null || node == null || run == null) {
      FeedAccess.refuse(
          response,
          400,
          "Report with ?environment=NAME and the headers "
              + FeedProtocol.NODE
              + " and "
              + FeedProtocol.RUN);
      return;
    }
    try {
      if (access.allows(request, response, environment)) {
        if (places.tryAcquire()) {
          try {
            receive(environment, node, run, request, response);
          } finally {
            places.release();
          }
        } else {
          later(response);
        }
      }
    } catch (StoreUnavailableException | UnknownOutcomeException e) {
      outages.failed("What was traced can't be kept: " + e.getMessage(), null);
      later(response);
    } catch (RuntimeException e) {
      faults.failed("What was traced can't be kept because of an error in this program", e);
      response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private void receive(
      String environment,
      String node,
      String run,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    int limit = TraceReportJson.MOST_BYTES;
    boolean tooLarge = request.getContentLengthLong() > limit;
    byte[] body = tooLarge ? new byte[0] : request.getInputStream().readNBytes(limit + 1);
    if (tooLarge || body.length > limit) {
      refused(response, 413, node, "has more than " + limit + " bytes");
      return;
    }
    try {
      receiver.receive(environment, node, run, TraceReportJson.read(body));
      response.setStatus(204);
    } catch (UnreadableSnapshotException e) {
      refused(response, 400, node, String.valueOf(e.getMessage()));
    } catch (UnknownEnvironmentException e) {
      FeedAccess.refuse(response, 404, "There is no such environment");
    }
  }

  private void refused(HttpServletResponse response, int status, String node, String reason)
      throws IOException {
    refusals.failed("What node " + node + " traced is refused, since it " + reason, null);
    FeedAccess.refuse(response, status, "The body " + reason);
  }

  private static void later(HttpServletResponse response) {
    response.setHeader("Retry-After", "1");
    response.setStatus(503);
  }
}

package dev.intermission.gateway.proxy;

import dev.intermission.api.CorrelationId;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.gateway.server.Fault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a client hears that its request could not be proxied. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final String CORRELATION_ID = Refusals.class.getName() + ".correlationId";

  private Refusals() {}

  /**
   * Returns the id of the request: the client's, or one that stays the same from the first call.
   */
  static String correlationId(HttpServletRequest request) {
    if (request.getAttribute(CORRELATION_ID) instanceof String known) {
      return known;
    }
    String id = CorrelationId.of(request.getHeader(CorrelationId.HEADER));
    request.setAttribute(CORRELATION_ID, id);
    return id;
  }

  /** Writes a fault as the response to a request. */
  static void refuse(HttpServletRequest request, HttpServletResponse response, Fault fault)
      throws IOException {
    byte[] body =
        ErrorBody.TRAFFIC.text(fault, correlationId(request)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(fault.status());
    response.setContentType(ErrorBody.CONTENT_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(CorrelationId.HEADER, correlationId(request));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /**
   * Ends a request that failed on its way: with the fault, or if it has begun to be answered cut.
   */
  static void end(HttpServletRequest request, HttpServletResponse response, Fault fault) {
    try {
      if (response.isCommitted()) {
        // So that no client takes what it has for the whole.
        Framing.resetOnClose(request);
        response.sendError(-1);
      } else {
        response.reset();
        response.setHeader("Connection", "close");
        refuse(request, response, fault);
      }
    } catch (IOException | IllegalStateException clientGone) {
      LOG.debug("The client of {} is gone", correlationId(request), clientGone);
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().complete();
      }
    }
  }
}

package dev.intermission.gateway.server;

import dev.intermission.api.CorrelationId;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes errors as JSON in place of Jetty's error pages. */
final class ErrorResponses implements Request.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

  private final ErrorBody body;

  ErrorResponses(ErrorBody body) {
    this.body = body;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Throwable cause = (Throwable) request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
    if (cause instanceof HttpException http) {
      // Jetty's answer to HTTP/2.0 in a request line, without the field that 426 demands.
      boolean isOtherVersion = http.getCode() == HttpStatus.UPGRADE_REQUIRED_426;
      response.setStatus(
          isOtherVersion ? HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 : http.getCode());
      if (isOtherVersion
          || request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
        // The sender may interpret the following bytes differently.
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
      }
    }
    HttpFields sent = request.getHeaders();
    String correlationId =
        CorrelationId.of(sent.get(CorrelationId.HEADER), sent.get(CorrelationId.PUBLISHED_HEADER));
    if (cause != null && response.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR_500) {
      log(request, correlationId, cause);
    }
    write(response, callback, body, Fault.of(response.getStatus()), correlationId);
    return true;
  }

  private static void log(Request request, String correlationId, Throwable cause) {
    String path = Request.getPathInContext(request);
    if (isOfTheClient(cause)) {
      LOG.debug("{} {} was broken off [{}]", request.getMethod(), path, correlationId, cause);
      LOG.info("A client cancelled its request before it was answered");
    } else {
      LOG.error("{} {} failed [{}]", request.getMethod(), path, correlationId, cause);
    }
  }

  /** Returns whether the reason is a client that left or was too slow. */
  private static boolean isOfTheClient(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EofException || cause instanceof QuietException) {
        return true;
      }
    }
    return false;
  }

  static void write(
      Response response, Callback callback, ErrorBody body, Fault fault, String correlationId) {
    response.setStatus(fault.status());
    response.getHeaders().put(CorrelationId.HEADER, correlationId);
    response.getHeaders().put(CorrelationId.PUBLISHED_HEADER, correlationId);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    if (HttpStatus.hasNoBody(fault.status())) {
      callback.succeeded();
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorBody.CONTENT_TYPE);
    response.write(
        true,
        BufferUtil.toBuffer(body.text(fault, correlationId), StandardCharsets.UTF_8),
        callback);
  }
}

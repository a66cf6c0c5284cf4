package dev.intermission.gateway.proxy;

import dev.intermission.api.CorrelationId;
import dev.intermission.gateway.capture.Capture;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.gateway.server.Fault;
import dev.intermission.jetty.UnreadRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/** A client's request with the response to it, and how they end. */
final class Incoming {

  private static final HttpField NO_STORE =
      new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
  private static final HttpField ERROR_TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, ErrorBody.CONTENT_TYPE);

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final String correlationId;
  private final Capture capture;
  private @Nullable String route;

  Incoming(Request request, Response response, Callback callback, Capture capture) {
    this.capture = capture;
    this.request = request;
    this.response = response;
    this.callback = callback;
    HttpFields sent = request.getHeaders();
    correlationId =
        CorrelationId.of(sent.get(CorrelationId.HEADER), sent.get(CorrelationId.PUBLISHED_HEADER));
    capture.identified(correlationId);
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  Callback callback() {
    return callback;
  }

  /** Returns what is told of it. */
  Capture capture() {
    return capture;
  }

  String correlationId() {
    return correlationId;
  }

  /** Notes the path of the API that it belongs to, empty for the root. */
  void routed(String own) {
    route = own.isEmpty() ? "/" : own;
  }

  /** Tells how long it took, when it is over. */
  void tell(RequestTimes times) {
    times.ended(
        request.getMethod(),
        route,
        response.getStatus(),
        NanoTime.since(request.getBeginNanoTime()));
  }

  boolean isHead() {
    return HttpMethod.HEAD.is(request.getMethod());
  }

  HttpVersion version() {
    return request.getConnectionMetaData().getHttpVersion();
  }

  /** Answers with a fault; nothing of the request's body was read. */
  void refuse(Fault fault) {
    ByteBuffer body = head(fault);
    write(body, UnreadRequest.completion(request, response.getHeaders(), callback));
  }

  /** Answers with a fault; a part of the body, if there is one, or all of it, was read. */
  void refuse(Fault fault, @Nullable ClientBody partlyRead) {
    if (partlyRead == null) {
      refuse(fault);
      return;
    }
    ByteBuffer body = head(fault);
    if (!partlyRead.isAtEnd() && version() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    write(body, Callback.from(() -> partlyRead.drop(callback), callback::failed));
  }

  /** Tells of an upstream that failed, and answers with the fault, on a thread of the pool. */
  void refuse(Outgoing outgoing, Throwable failure, @Nullable ClientBody partlyRead) {
    try {
      // Not on a thread that reads: a log may be slow.
      request.getComponents().getExecutor().execute(() -> refuseNow(outgoing, failure, partlyRead));
    } catch (RejectedExecutionException e) {
      // The pool has stopped.
      refuseNow(outgoing, failure, partlyRead);
    }
  }

  private void refuseNow(Outgoing outgoing, Throwable failure, @Nullable ClientBody partlyRead) {
    ExchangeLog.failed(this, outgoing, failure);
    refuse(ProxyFaults.of(failure), partlyRead);
  }

  /** Answers with no more than the fields that are there; nothing of the body was read. */
  void answerEmpty() {
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    response.write(true, null, UnreadRequest.completion(request, response.getHeaders(), callback));
  }

  /** Notes for whoever wants to know it why it could not be served. */
  void failed(Fault fault) {
    capture.failed(fault.code());
  }

  private ByteBuffer head(Fault fault) {
    failed(fault);
    byte[] body = ErrorBody.TRAFFIC.text(fault, correlationId).getBytes(StandardCharsets.UTF_8);
    response.reset();
    response.setStatus(fault.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(ERROR_TYPE);
    fields.put(NO_STORE);
    fields.put(CorrelationId.HEADER, correlationId);
    fields.put(CorrelationId.PUBLISHED_HEADER, correlationId);
    if (fault.status() == HttpStatus.METHOD_NOT_ALLOWED_405) {
      fields.put(HttpHeader.ALLOW, ForGateway.METHODS);
    }
    fields.put(HttpHeader.CONTENT_LENGTH, body.length);
    return ByteBuffer.wrap(body);
  }

  private void write(ByteBuffer body, Callback completion) {
    response.write(true, isHead() ? null : body, completion);
  }

  /** Ends a request that has its response, and drops what is left of its body. */
  void finish(@Nullable ClientBody partlyRead) {
    if (partlyRead == null) {
      callback.succeeded();
    } else {
      partlyRead.drop(callback);
    }
  }

  /** Ends a response in its middle, so that no client takes what it has for the whole. */
  void cut(Throwable cause) {
    if (version() == HttpVersion.HTTP_1_0) {
      Resets.onClose(request.getConnectionMetaData().getConnection().getEndPoint());
    }
    callback.failed(new Request.Handler.AbortException("broken off", cause));
  }
}

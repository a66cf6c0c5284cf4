package dev.intermission.jetty;

import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Runs a request on a thread that may block, and completes it as the server itself would. */
final class HandOver implements Runnable {

  private final Handler next;
  private final Request request;
  private final Response response;
  private final Callback callback;

  private HandOver(Handler next, Request request, Response response, Callback callback) {
    this.next = next;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  /** Lets the server's pool handle the request; if the pool refuses it, the client gets a 503. */
  static void toPool(Handler next, Request request, Response response, Callback callback) {
    try {
      request.getContext().execute(new HandOver(next, request, response, callback));
    } catch (RejectedExecutionException e) {
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, null, e);
    }
  }

  @Override
  public void run() {
    try {
      if (!next.handle(request, response, callback) && !isHandledByDefault()) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable e) {
      callback.failed(e);
    }
  }

  private boolean isHandledByDefault() throws Exception {
    @Nullable Handler last = next.getServer().getDefaultHandler();
    return last != null && last.handle(request, response, callback);
  }
}

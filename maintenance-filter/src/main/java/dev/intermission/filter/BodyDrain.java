package dev.intermission.filter;

import dev.intermission.gate.UnreadBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads and drops the rest of a request whose answer has been sent, without occupying a thread. */
final class BodyDrain implements ReadListener, AsyncListener {

  private static final int BUFFER_BYTES = 16 << 10;

  private final AsyncContext async;
  private final ServletInputStream rest;
  private final byte[] dropped = new byte[BUFFER_BYTES];

  private BodyDrain(AsyncContext async, ServletInputStream rest) {
    this.async = async;
    this.rest = rest;
  }

  /** Starts to drop the request's body; does nothing if async processing is not possible. */
  static void start(HttpServletRequest request) throws IOException {
    if (!request.isAsyncSupported()) {
      return;
    }
    AsyncContext async;
    try {
      async = request.startAsync();
    } catch (IllegalArgumentException e) {
      // Jetty reads a path such as "//[" as a host here. The answer has been sent, and the
      // container closes the connection.
      return;
    }
    async.setTimeout(UnreadBody.DROP_MILLIS);
    BodyDrain drain = new BodyDrain(async, request.getInputStream());
    async.addListener(drain);
    drain.rest.setReadListener(drain);
  }

  @Override
  public void onDataAvailable() throws IOException {
    while (rest.isReady()) {
      if (rest.read(dropped) < 0) {
        return;
      }
    }
  }

  @Override
  public void onAllDataRead() {
    async.complete();
  }

  @Override
  public void onError(Throwable brokenOff) {
    async.complete();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    async.complete();
  }

  @Override
  public void onError(AsyncEvent event) {
    async.complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}

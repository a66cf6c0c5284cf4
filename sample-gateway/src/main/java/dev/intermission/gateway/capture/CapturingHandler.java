package dev.intermission.gateway.capture;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Stands before the front, so that it sees what the gate answers, too. Never blocks. */
public final class CapturingHandler extends Handler.Wrapper {

  private final Captures captures;

  /** Makes a handler before another one. */
  public CapturingHandler(Captures captures, Handler handler) {
    super(handler);
    this.captures = captures;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    @Nullable Request captured = captures.isOn() ? captures.begin(request) : null;
    return super.handle(captured == null ? request : captured, response, callback);
  }
}

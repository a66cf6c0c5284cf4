package dev.intermission.gateway.capture;

import dev.intermission.trafficlog.capture.BodyCapture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body is kept as it is read. */
final class CapturedRequest extends Request.Wrapper {

  private final BodyCapture body;

  CapturedRequest(Request request, BodyCapture body) {
    super(request);
    this.body = body;
  }

  @Override
  public Content.@Nullable Chunk read() {
    return CapturedSource.kept(super.read(), body);
  }
}

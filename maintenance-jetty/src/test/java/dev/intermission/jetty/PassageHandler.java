package dev.intermission.jetty;

import dev.intermission.gate.ExemptionBehaviour;
import dev.intermission.gate.Passage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers the passage that it is told. */
final class PassageHandler extends Handler.Abstract {

  private final AtomicInteger passed;

  PassageHandler(AtomicInteger passed) {
    this.passed = passed;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    passed.incrementAndGet();
    byte[] body =
        String.valueOf(request.getAttribute(Passage.ATTRIBUTE)).getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put("Cache-Control", ExemptionBehaviour.CACHE_CONTROL);
    response.getHeaders().put("Content-Length", body.length);
    response.write(
        true, request.getMethod().equals("HEAD") ? null : ByteBuffer.wrap(body), callback);
    return true;
  }
}

package dev.intermission.jetty;

import dev.intermission.gate.FrontBehaviour;
import dev.intermission.gate.Gate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The handler in front of one that never blocks. */
class CoreBehindHandlerTest extends FrontBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new JettyServer(
        gate,
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            passed.incrementAndGet();
            response.write(
                true, ByteBuffer.wrap("open".getBytes(StandardCharsets.UTF_8)), callback);
            return true;
          }
        });
  }
}

package dev.intermission.jetty;

import dev.intermission.gate.CorsBehaviour;
import dev.intermission.gate.Gate;
import dev.intermission.gate.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the handler answers by HTTP/2. */
class AnswersOfHandlerByHttp2Test extends CorsBehaviour {

  @Override
  protected Wire.Reply exchange(int port, String method, String target, String... lines)
      throws Exception {
    return Http2Exchange.send(port, method, target, lines);
  }

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

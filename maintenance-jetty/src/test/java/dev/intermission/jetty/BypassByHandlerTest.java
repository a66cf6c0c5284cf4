package dev.intermission.jetty;

import dev.intermission.gate.BypassBehaviour;
import dev.intermission.gate.Gate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Bypass tokens at the handler. */
class BypassByHandlerTest extends BypassBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new JettyServer(
        gate,
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            passed.incrementAndGet();
            List<String> seen =
                request.getHeaders().stream()
                    .filter(field -> field.getName().equalsIgnoreCase("Intermission-Bypass"))
                    .map(field -> field.getName() + "=" + field.getValue())
                    .toList();
            response.getHeaders().put("Cache-Control", CACHE_CONTROL);
            response.write(
                true, ByteBuffer.wrap((REACHED + seen).getBytes(StandardCharsets.UTF_8)), callback);
            return true;
          }
        });
  }
}

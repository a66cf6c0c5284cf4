package dev.intermission.jetty;

import dev.intermission.gate.Answer;
import dev.intermission.gate.Gate;
import dev.intermission.gate.ServedSnapshot;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to proxies in maintenance on the thread that read them, and hands on all others
 * as Jetty would have done: to the server's thread pool if the wrapped handler may block, directly
 * if not. Make it the server's handler, in front of contexts and everything else: a request that it
 * hands to the pool is its own, and one that nothing behind it takes gets the server's default
 * handler.
 *
 * <p>It declares itself non-blocking, so what Jetty does around it (customizers, the request log of
 * an answer) runs on the reading thread and must not block either. Jetty lets no blocking handler
 * into a non-blocking server that has started; a server that deploys contexts while it runs must be
 * {@linkplain org.eclipse.jetty.server.Server#setDynamic dynamic}. It is blocking then, this
 * handler runs on its pool threads, and hands requests on without a second hand-over.
 */
public final class MaintenanceHandler extends Handler.Wrapper {

  private final Gate gate;
  private volatile boolean needsPool;

  /** Makes a handler that serves what is published to the gate; what it wraps is set later. */
  public MaintenanceHandler(Gate gate) {
    this(gate, null);
  }

  /** Makes a handler that serves what is published to the gate, in front of another handler. */
  public MaintenanceHandler(Gate gate, @Nullable Handler handler) {
    super(handler);
    this.gate = gate;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    needsPool = mayBlock(super.getInvocationType()) && !mayBlock(getServer().getInvocationType());
  }

  private static boolean mayBlock(InvocationType type) {
    return type != InvocationType.NON_BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer = answerTo(request);
    if (answer != null) {
      AnswerSender.write(answer, request, response, callback);
      return true;
    }
    Handler next = getHandler();
    if (next == null || !needsPool) {
      return super.handle(request, response, callback);
    }
    HandOver.toPool(next, request, response, callback);
    return true;
  }

  /**
   * Returns the host that a request is for: with HTTP/2 the Host field where {@code :authority} is
   * missing (RFC 9113 section 8.3.1), for which Jetty would take the listener's own address.
   */
  private static String host(Request request) {
    String field = request.getHeaders().get(HttpHeader.HOST);
    if (request.getHttpURI().hasAuthority() || field == null) {
      return Request.getServerName(request);
    }
    try {
      return new HostPort(field).getHost();
    } catch (IllegalArgumentException noHost) {
      return Request.getServerName(request);
    }
  }

  private @Nullable Answer answerTo(Request request) {
    String path = request.getHttpURI().getPath();
    if (path == null) {
      return null;
    }
    ServedSnapshot snapshot = gate.current();
    return snapshot.answer(snapshot.hasHosts() ? host(request) : null, path);
  }
}

package dev.intermission.jetty;

import dev.intermission.api.BypassToken;
import dev.intermission.gate.Answer;
import dev.intermission.gate.Counted;
import dev.intermission.gate.Decision;
import dev.intermission.gate.DecisionListener;
import dev.intermission.gate.FrontCount;
import dev.intermission.gate.FrontOptions;
import dev.intermission.gate.Gate;
import dev.intermission.gate.InFlight;
import dev.intermission.gate.Passage;
import dev.intermission.gate.ServedSnapshot;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to proxies in maintenance on the thread that read them, and passes on all others
 * as Jetty itself would: to the server's thread pool if the wrapped handler may block, directly if
 * not. Make it the server's handler, in front of contexts and everything else. It stays responsible
 * for a request that it hands to the pool, and a request that no handler behind it accepts goes to
 * the server's default handler.
 *
 * <p>What is behind it does not see the field {@link BypassToken#HEADER} as long as any proxy has
 * such a token. A request that is let in although its API is closed has the attribute {@link
 * Passage#ATTRIBUTE}, and no cache may keep the response to one that is let in for its client.
 *
 * <p>It declares itself non-blocking, so customizers and the request log of an answer run on the
 * reading thread, and must not block either. Jetty lets no blocking handler into a non-blocking
 * server that has started; a server that deploys contexts while it runs must be {@linkplain
 * org.eclipse.jetty.server.Server#setDynamic dynamic}. Such a server is blocking: this handler then
 * runs on pool threads and passes requests on directly.
 */
public final class MaintenanceHandler extends Handler.Wrapper {

  private final Gate gate;
  private final boolean countsInFlight;
  private final boolean tellsDecisions;
  private volatile boolean needsPool;

  /**
   * Makes a handler that serves what is published to the gate; the wrapped handler is set later.
   */
  public MaintenanceHandler(Gate gate) {
    this(gate, null);
  }

  /** Makes a handler that serves what is published to the gate, in front of another handler. */
  public MaintenanceHandler(Gate gate, @Nullable Handler handler) {
    this(gate, handler, FrontOptions.DEFAULTS);
  }

  /**
   * Makes a handler with these options. After an upgrade of a connection it is not known any more
   * what is in flight.
   */
  public MaintenanceHandler(Gate gate, @Nullable Handler handler, FrontOptions options) {
    super(handler);
    this.gate = gate;
    countsInFlight = options.countsInFlight();
    tellsDecisions = options.tellsDecisions();
    FrontCount.begin(gate, options);
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
    String path = request.getHttpURI().getPath();
    if (path == null) {
      return pass(request, response, callback);
    }
    JettyRequestHead head = new JettyRequestHead(request);
    ServedSnapshot snapshot;
    Decision decision;
    if (countsInFlight) {
      Counted counted = Counted.decide(gate, GatedHost.of(request), path, head);
      snapshot = counted.snapshot();
      decision = counted.decision();
      leaveWhenOver(counted.entry(), request, response);
    } else {
      snapshot = gate.current();
      String host = snapshot.hasHosts() ? GatedHost.of(request) : null;
      decision = snapshot.decide(host, path, head);
    }
    if (tellsDecisions) {
      DecisionListener.tell(request.getAttribute(DecisionListener.ATTRIBUTE), snapshot, decision);
    }
    Answer answer = decision.answer();
    if (answer != null) {
      AnswerSender.write(answer, head, response, callback);
      return true;
    }
    if (decision.passage() != Passage.OPEN) {
      LetIn.mark(request, decision.passage(), snapshot);
    }
    boolean hidesToken =
        snapshot.hasBypassTokens() && request.getHeaders().contains(BypassToken.HEADER);
    return pass(hidesToken ? new TokenlessRequest(request) : request, response, callback);
  }

  private boolean pass(Request request, Response response, Callback callback) throws Exception {
    Handler next = getHandler();
    if (next == null || !needsPool) {
      return super.handle(request, response, callback);
    }
    HandOver.toPool(next, request, response, callback);
    return true;
  }

  private void leaveWhenOver(InFlight.@Nullable Entry entry, Request request, Response response) {
    if (entry != null) {
      String method = request.getMethod();
      Request.addCompletionListener(
          request, failure -> FrontCount.leave(gate, entry, method, response.getStatus()));
    }
  }
}

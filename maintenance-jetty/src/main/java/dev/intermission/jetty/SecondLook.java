package dev.intermission.jetty;

import dev.intermission.gate.Answer;
import dev.intermission.gate.Decision;
import dev.intermission.gate.ServedSnapshot;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * For a handler behind the front that counts requests in flight by a match of its own ({@link
 * dev.intermission.gate.InFlight}): decides a request anew, as the front would.
 */
public final class SecondLook {

  private SecondLook() {}

  /** Returns what becomes of a request that has passed the front. */
  public static Decision decide(ServedSnapshot snapshot, Request request) {
    TokenlessRequest tokenless = Request.as(request, TokenlessRequest.class);
    Request whole = tokenless == null ? request : tokenless.getWrapped();
    String host = snapshot.hasHosts() ? GatedHost.of(whole) : null;
    String path = whole.getHttpURI().getPath();
    return path == null ? Decision.OPEN : snapshot.decide(host, path, new JettyRequestHead(whole));
  }

  /** Answers a request that is closed by now, as the front would. Never blocks. */
  public static void answer(Answer answer, Request request, Response response, Callback callback) {
    AnswerSender.write(answer, new JettyRequestHead(request), response, callback);
  }
}

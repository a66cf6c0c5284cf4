package dev.intermission.gateway.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** One end of a WebSocket, which keeps what it gets, and sends each message back if it should. */
public final class WebSocketEnd implements Session.Listener {

  private static final long TIMEOUT_SECONDS = 60;

  private final boolean echoes;
  private final CompletableFuture<Session> opened = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

  WebSocketEnd(boolean echoes) {
    this.echoes = echoes;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    session.setMaxTextMessageSize(-1);
    session.setMaxBinaryMessageSize(-1);
    opened.complete(session);
    session.demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    session().sendPong(payload, whenSent());
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    received.add("pong " + BufferUtil.toString(payload));
    session().demand();
  }

  @Override
  public void onWebSocketText(String text) {
    if (echoes) {
      session().sendText(text, whenSent());
    } else {
      received.add(text);
      session().demand();
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
    byte[] copy = BufferUtil.toArray(bytes);
    callback.succeed();
    if (echoes) {
      session().sendBinary(ByteBuffer.wrap(copy), whenSent());
    } else {
      received.add(copy);
      session().demand();
    }
  }

  private Callback whenSent() {
    return Callback.from(() -> session().demand(), failure -> session().disconnect());
  }

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    closed.complete(code + " " + reason);
    callback.succeed();
  }

  /** Returns the next message that has come: a text, or bytes. */
  Object next() throws InterruptedException {
    Object next = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no message has come");
    }
    return next;
  }

  /** Waits for the end, and returns its code and reason. */
  String closed() throws Exception {
    return closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  Session session() {
    return opened.join();
  }
}

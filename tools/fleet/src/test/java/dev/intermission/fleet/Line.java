package dev.intermission.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to an admin node that can be cut: bytes go through, or no connection lives. */
final class Line implements AutoCloseable {

  private final URI to;
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Line(String to) throws IOException {
    this.to = URI.create(to);
    thread(this::accept);
  }

  private static void thread(Runnable run) {
    Thread thread = new Thread(run, "line");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the address of its near end. */
  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        sockets.add(near);
        if (cut) {
          drop();
        } else {
          connect(near);
        }
      }
    } catch (IOException e) {
      // The connection was closed.
      drop();
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(to.getHost(), to.getPort());
      sockets.add(far);
      thread(() -> copy(near, far));
      thread(() -> copy(far, near));
    } catch (IOException e) {
      // The connection was refused.
      close(near);
    }
  }

  private void copy(Socket from, Socket into) {
    try (InputStream in = from.getInputStream();
        OutputStream out = into.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      // The connection has ended.
      close(into);
    }
    close(from);
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket can't be closed", e);
    }
  }

  private void drop() {
    sockets.forEach(this::close);
  }

  /** Cuts it. */
  void cut() {
    cut = true;
    drop();
  }

  /** Mends it. */
  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

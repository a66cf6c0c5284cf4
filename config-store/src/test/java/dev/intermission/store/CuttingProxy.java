package dev.intermission.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a store and PostgreSQL, and cuts the connection at a commit. */
final class CuttingProxy implements AutoCloseable {

  /** What becomes of the next commit. */
  enum Cut {
    NONE,
    /** The server commits, and its answer is lost. */
    LOSE_ANSWER,
    /** The client's connection ends at once; the server gets the commit when released. */
    DELAY_COMMIT,
    /** The client's connection ends at once; the server's ends without the commit when released. */
    LOSE_COMMIT
  }

  private final ServerSocket listener;
  private final int target;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  CuttingProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void cut(Cut cut) {
    next.set(cut);
  }

  void release() {
    release.countDown();
  }

  /** What a thread here does until a socket ends. */
  private interface Pump {
    void run() throws IOException;
  }

  private static void start(Pump pump) {
    Thread thread =
        new Thread(
            () -> {
              try {
                pump.run();
              } catch (IOException e) {
                // One side is gone, and the other was closed.
              }
            },
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(client);
      sockets.add(server);
      start(() -> up(client, server));
      start(() -> down(server, client));
    }
  }

  private void up(Socket client, Socket server) throws IOException {
    try (server;
        client) {
      byte[] buffer = new byte[65_536];
      InputStream in = client.getInputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        boolean commit = new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
        Cut cut = commit ? next.getAndSet(Cut.NONE) : Cut.NONE;
        if (cut == Cut.LOSE_ANSWER) {
          client.shutdownOutput();
        } else if (cut != Cut.NONE) {
          client.close();
          await();
        }
        if (cut != Cut.LOSE_COMMIT) {
          server.getOutputStream().write(buffer, 0, n);
        }
        if (cut == Cut.DELAY_COMMIT) {
          // So that the server reads it before it sees the end.
          server.shutdownOutput();
          server.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void down(Socket server, Socket client) throws IOException {
    try (client) {
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    release();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

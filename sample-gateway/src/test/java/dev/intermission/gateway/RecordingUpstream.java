package dev.intermission.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An upstream that knows what it is working on. A request counts from its head until just before
 * the end of its response is sent, and a WebSocket until just before this end closes it. The last
 * segment of the path says what becomes of a request.
 */
final class RecordingUpstream implements AutoCloseable {

  private static final int LONGEST_MILLIS = 15;

  private final ServerSocket server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();

  RecordingUpstream() throws IOException {
    server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    pool.execute(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        pool.execute(() -> serve(socket));
      } catch (IOException e) {
        // It was closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        received.incrementAndGet();
        working.incrementAndGet();
        boolean ends = false;
        try {
          ends = answer(head, in, out);
        } finally {
          working.decrementAndGet();
        }
        if (ends) {
          return;
        }
        out.write(end(head));
      }
    } catch (IOException | UncheckedIOException e) {
      // The gateway has closed the connection.
    } finally {
      connections.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return "";
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private static String kind(String head) {
    String path = head.split(" ", 3)[1];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Does all but the end; returns whether the connection ends with it. */
  private static boolean answer(String head, InputStream in, OutputStream out) throws IOException {
    switch (kind(head)) {
      case "slow" -> pause();
      case "upload" -> {
        String length =
            head.toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: *([0-9]+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
      }
      case "events" -> {
        send(
            out,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 3; i++) {
          pause();
          send(out, "9\r\ndata: x\n\n\r\n");
        }
      }
      case "socket" -> {
        send(
            out,
            "HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\u0081\u0001x");
        pause();
        pause();
        return true;
      }
      default -> {}
    }
    return false;
  }

  private static byte[] end(String head) {
    String end =
        kind(head).equals("events")
            ? "0\r\n\r\n"
            : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    return end.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns its address. */
  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Returns how many requests and WebSockets it is working on. */
  int working() {
    return working.get();
  }

  /** Returns how many requests it has received. */
  long received() {
    return received.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : connections) {
      socket.close();
    }
    pool.shutdownNow();
  }
}

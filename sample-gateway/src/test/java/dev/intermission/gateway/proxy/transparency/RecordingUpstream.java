package dev.intermission.gateway.proxy.transparency;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An upstream that records each request as it comes, and answers as the test says. */
final class RecordingUpstream implements AutoCloseable {

  private final ServerSocket server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> new Thread(task, "recording-upstream"));
  private final BlockingQueue<Message> requests = new LinkedBlockingQueue<>();
  private volatile Exchanged next;

  RecordingUpstream(Exchanged first) throws IOException {
    next = first;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Says which exchange comes. */
  void expect(Exchanged exchanged) {
    requests.clear();
    next = exchanged;
  }

  /** Waits for the request that came; fails if none comes. */
  Message request() throws InterruptedException {
    Message request = requests.poll(30, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("No request arrived");
    }
    return request;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Peer peer = Peer.accept(server);
        threads.execute(() -> serve(peer));
      } catch (SocketTimeoutException e) {
        // Nobody came for a while.
      } catch (IOException e) {
        // The test is over.
        return;
      }
    }
  }

  private void serve(Peer peer) {
    try (peer) {
      while (true) {
        Peer.Head head = peer.readHead();
        List<String> line = List.of(head.first().split(" ", -1));
        requests.add(Http1.read(peer, head, line, true));
        // Once: the test may go on as soon as the head is sent.
        Exchanged now = next;
        Message response = now.response();
        peer.send(
            Http1.head("HTTP/1.1 " + String.join(" ", response.first()), response, List.of()));
        if (now.mayHaveBody()) {
          peer.send(Http1.body(response));
        }
        if (response.framing() == Framing.CLOSE) {
          return;
        }
      }
    } catch (IOException e) {
      // The gateway has closed its connection, or the test is over.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}

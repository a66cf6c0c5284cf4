package dev.intermission.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands before an admin node, and kills the node when it begins to answer a request of a kind: it
 * has done what was asked, and the answer is lost.
 */
final class KillingRelay implements AutoCloseable {

  private static final String NONE = "no request";

  private final FleetNode node;
  private final int port;
  private final ServerSocket listener;
  private volatile String deadly = NONE;

  /** Listens, and passes everything on. */
  KillingRelay(FleetNode node) throws IOException {
    this.node = node;
    port = URI.create(node.adminUrl()).getPort();
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inBackground(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** Kills the node when it begins to answer the next request that begins so. */
  void killAfter(String request) {
    deadly = request;
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "killing-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        inBackground(() -> serve(client));
      } catch (IOException e) {
        return; // It was closed.
      }
    }
  }

  private void serve(Socket client) {
    AtomicBoolean doomed = new AtomicBoolean();
    try (client;
        Socket admin = new Socket(InetAddress.getLoopbackAddress(), port)) {
      inBackground(() -> answer(admin, client, doomed));
      InputStream requests = client.getInputStream();
      byte[] bytes = new byte[65_536];
      for (int read = requests.read(bytes); read >= 0; read = requests.read(bytes)) {
        if (new String(bytes, 0, read, ISO_8859_1).startsWith(deadly)) {
          deadly = NONE;
          doomed.set(true);
        }
        admin.getOutputStream().write(bytes, 0, read);
      }
    } catch (IOException e) {
      // The node is dead, or the client has gone: both connections are closed.
      return;
    }
  }

  private void answer(Socket admin, Socket client, AtomicBoolean doomed) {
    try (admin;
        client) {
      InputStream answers = admin.getInputStream();
      byte[] bytes = new byte[65_536];
      for (int read = answers.read(bytes); read >= 0; read = answers.read(bytes)) {
        if (doomed.get()) {
          node.kill();
          return;
        }
        client.getOutputStream().write(bytes, 0, read);
      }
    } catch (IOException e) {
      // As above.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

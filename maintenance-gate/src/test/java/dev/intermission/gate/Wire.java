package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection, byte by byte. */
public final class Wire implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  /** Connects to this port of the loopback interface. */
  public Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a request on a connection of its own and returns the answer. */
  public static Reply exchange(int port, String request) throws IOException {
    try (Wire wire = new Wire(port)) {
      wire.send(request);
      return wire.read(request.startsWith("HEAD "));
    }
  }

  /** Sends a GET for this target, with a Host and these lines, and returns the answer. */
  public static Reply get(int port, String target, String... lines) throws IOException {
    return exchange(port, request("GET", target, lines));
  }

  /** Returns a request head with a Host and these lines. */
  public static String request(String method, String target, String... lines) {
    StringBuilder head =
        new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** Sends these characters, each as one byte. */
  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  /** Sends these bytes. */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /**
   * Reads one response with a Content-Length, without a body, or up to the end of the connection.
   */
  public Reply read(boolean toHead) throws IOException {
    String statusLine = line();
    List<String> fields = new ArrayList<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      fields.add(field);
    }
    Reply head = new Reply(statusLine, fields, new byte[0]);
    String length = head.field("Content-Length");
    if (toHead || head.status() == 204) {
      return head;
    }
    return new Reply(
        statusLine,
        fields,
        length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length)));
  }

  /** Returns whether the server has closed the connection, or does so now. */
  public boolean isClosedByServer() throws IOException {
    return in.read() < 0;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The connection ended in the middle of a head: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * A response.
   *
   * @param statusLine the first line
   * @param fields the field lines as they came
   * @param body the body's bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(String statusLine, List<String> fields, byte[] body) {

    /** Returns the status. */
    public int status() {
      return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    /** Returns the body, each byte as a character. */
    public String text() {
      return new String(body, ISO_8859_1);
    }

    /** Returns the value of the only field of this name, exactly as it came, or null. */
    public @Nullable String field(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      List<String> values =
          fields.stream()
              .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
              .map(field -> field.substring(prefix.length()))
              .toList();
      if (values.size() > 1) {
        throw new AssertionError(name + " is there more than once: " + fields);
      }
      return values.isEmpty() ? null : values.get(0).replaceFirst("^ ", "");
    }
  }
}

package dev.intermission.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One end of an HTTP/1.1 connection, played byte by byte: a client's, or an upstream's. */
public final class Peer implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  private Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to this port of the loopback interface. */
  public static Peer connect(int port) throws IOException {
    return new Peer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Waits for the next connection to the server. */
  public static Peer accept(ServerSocket server) throws IOException {
    server.setSoTimeout(TIMEOUT_MILLIS);
    return new Peer(server.accept());
  }

  /** Sends these lines, each with its CRLF, and an empty one behind them. */
  public Peer sendHead(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Sends these characters, each as one byte. */
  public Peer send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  /** Sends these bytes. */
  public Peer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads the head of a request or response. */
  public Head readHead() throws IOException {
    String first = line();
    List<String> fields = new ArrayList<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      fields.add(field);
    }
    return new Head(first, List.copyOf(fields));
  }

  /** Reads so many bytes, or up to the end of the connection. */
  public String read(int count) throws IOException {
    return new String(readBytes(count), ISO_8859_1);
  }

  /** Reads so many bytes, or up to the end of the connection. */
  public byte[] readBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads the body of a response with a Content-Length. */
  public String readBody(Head head) throws IOException {
    return read(Integer.parseInt(head.value("Content-Length")));
  }

  /**
   * Reads one chunk of a chunked body; empty for the last one. The line end behind a chunk may come
   * with the next one only.
   */
  public String readChunk() throws IOException {
    String size = line();
    return read(Integer.parseInt(size.isEmpty() ? line() : size, 16));
  }

  /** Reads the last chunk of a chunked body and the fields behind it. */
  public List<String> readTrailers() throws IOException {
    String size = line();
    if (size.isEmpty()) {
      size = line();
    }
    if (!size.equals("0")) {
      throw new IOException("This is no last chunk: '" + size + "'");
    }
    List<String> fields = new ArrayList<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      fields.add(field);
    }
    return fields;
  }

  /** Returns whether the other end closes the connection without sending anything more. */
  public boolean isClosedByOther() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      // The connection was reset.
      return true;
    }
  }

  /**
   * Waits for this time at most and returns whether the other end has closed the connection; it
   * sends nothing meanwhile.
   */
  public boolean isClosedWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      return isClosedByOther();
    } catch (SocketTimeoutException e) {
      // The connection is still open.
      return false;
    } finally {
      socket.setSoTimeout(TIMEOUT_MILLIS);
    }
  }

  /** Returns whether nobody takes connections at this port of the loopback interface. */
  public static boolean isRefused(int port) throws IOException {
    try {
      connect(port).close();
      return false;
    } catch (ConnectException e) {
      // The connection was refused.
      return true;
    }
  }

  /** Ends the connection in the direction in which this end sends. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes with a reset instead of an orderly end. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says that nothing more is sent. */
  public Peer shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads up to the end of a line, which is not returned. */
  public String readLine() throws IOException {
    return line();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The connection ended in the middle of a line: '" + line + "'");
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
   * The head of a request or response.
   *
   * @param first the request line or status line
   * @param fields the field lines as they came
   */
  public record Head(String first, List<String> fields) {

    /** Returns the status of a response. */
    public int status() {
      return Integer.parseInt(first.split(" ", 3)[1]);
    }

    /** Returns the values of the fields of this name, in order. */
    public List<String> values(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(field -> field.substring(prefix.length()).replaceFirst("^ ", ""))
          .toList();
    }

    /** Returns the value of the only field of this name. */
    public String value(String name) {
      List<String> values = values(name);
      if (values.size() != 1) {
        throw new AssertionError(name + " is not there once: " + fields);
      }
      return values.get(0);
    }
  }
}

package dev.intermission.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.admin.openapi.DescribedAnswers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request, byte by byte, on a connection of its own. */
public final class Http {

  private final String method;
  private final String target;
  private final List<String> lines = new ArrayList<>();
  private byte[] body = new byte[0];
  private boolean chunked;

  private Http(String method, String target) {
    this.method = method;
    this.target = target;
  }

  public static Http request(String method, String target) {
    return new Http(method, target);
  }

  /** Adds a line to the head. */
  public Http with(String field, String value) {
    lines.add(field + ": " + value);
    return this;
  }

  public Http token(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** Adds a JSON body with its content type. */
  public Http json(String text) {
    return with("Content-Type", "application/json").body(text.getBytes(UTF_8));
  }

  public Http form(String text) {
    return with("Content-Type", "application/x-www-form-urlencoded").body(text.getBytes(UTF_8));
  }

  public Http body(byte[] bytes) {
    body = bytes;
    return this;
  }

  /** Sends the body in chunks, without a length. */
  public Http chunked() {
    chunked = true;
    return this;
  }

  /** Sends it, and checks that the OpenAPI file has such an answer. */
  public Answer send(int port) throws IOException {
    Answer answer = exchange(port);
    DescribedAnswers.assertDescribed(
        method, target, answer.status(), answer.fields(), answer.body());
    return answer;
  }

  private Answer exchange(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      try {
        socket.getOutputStream().write(bytes());
        socket.getOutputStream().flush();
      } catch (SocketException e) {
        // A server that refuses a body may close before it is sent; its answer is there even so.
      }
      return Answer.read(new BufferedInputStream(socket.getInputStream()), method.equals("HEAD"));
    }
  }

  private byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: localhost\r\nConnection: close\r\n");
    lines.forEach(line -> head.append(line).append("\r\n"));
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    out.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (chunked && body.length > 0) {
      out.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(ISO_8859_1));
      out.writeBytes(body);
      out.writeBytes("\r\n".getBytes(ISO_8859_1));
    } else {
      out.writeBytes(body);
    }
    if (chunked) {
      out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }

  /**
   * A response.
   *
   * @param status its status
   * @param fields its field lines as they came
   * @param body its body as UTF-8
   */
  public record Answer(int status, List<String> fields, String body) {

    private static Answer read(InputStream in, boolean toHead) throws IOException {
      String[] status = line(in).split(" ", 3);
      List<String> fields = new ArrayList<>();
      for (String field = line(in); !field.isEmpty(); field = line(in)) {
        fields.add(field);
      }
      Answer head = new Answer(Integer.parseInt(status[1]), fields, "");
      int length = toHead ? 0 : head.find("Content-Length").map(Integer::parseInt).orElse(0);
      return new Answer(head.status, fields, new String(in.readNBytes(length), UTF_8));
    }

    private static String line(InputStream in) throws IOException {
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

    /** Returns the value of the only field of this name, exactly as it came, if it is there. */
    public Optional<String> find(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      List<String> values =
          fields.stream()
              .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
              .map(field -> field.substring(prefix.length()).strip())
              .toList();
      if (values.size() > 1) {
        throw new AssertionError(name + " is there more than once: " + fields);
      }
      return values.stream().findFirst();
    }

    /** Returns the value of the only field of this name. */
    public String field(String name) {
      return find(name).orElseThrow(() -> new AssertionError("no " + name + " in " + fields));
    }
  }
}

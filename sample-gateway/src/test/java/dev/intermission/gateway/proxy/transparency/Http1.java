package dev.intermission.gateway.proxy.transparency;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes and reads whole messages of HTTP/1.1. */
final class Http1 {

  private static final int CHUNK = 7_000;

  private Http1() {}

  /** Returns the head of a message as it goes out. */
  static String head(String first, Message message, List<String> more) {
    StringBuilder head = new StringBuilder(first).append("\r\n");
    more.forEach(line -> head.append(line).append("\r\n"));
    message.fields().forEach(field -> head.append(field).append("\r\n"));
    switch (message.framing()) {
      case LENGTH -> head.append("Content-Length: ").append(message.body().length()).append("\r\n");
      case CHUNKED -> head.append("Transfer-Encoding: chunked\r\n");
      case CLOSE -> head.append("Connection: close\r\n");
      case NONE -> {}
    }
    return head.append("\r\n").toString();
  }

  /** Returns the body of a message as it goes out. */
  static String body(Message message) {
    if (message.framing() != Framing.CHUNKED) {
      return message.body();
    }
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < message.body().length(); at += CHUNK) {
      String chunk = message.body().substring(at, Math.min(at + CHUNK, message.body().length()));
      out.append(Integer.toHexString(chunk.length())).append(";x=y\r\n");
      out.append(chunk).append("\r\n");
    }
    out.append("0\r\n");
    message.trailers().forEach(field -> out.append(field).append("\r\n"));
    return out.append("\r\n").toString();
  }

  /**
   * Reads what follows a head.
   *
   * @param mayHaveBody whether a body follows where the fields tell of one
   */
  static Message read(Peer from, Peer.Head head, List<String> first, boolean mayHaveBody)
      throws IOException {
    List<Field> fields = head.fields().stream().map(Field::of).toList();
    Framing framing = Framing.NONE;
    String body = "";
    List<Field> trailers = new ArrayList<>();
    if (!Field.values(fields, "Transfer-Encoding").isEmpty()) {
      framing = Framing.CHUNKED;
      body = mayHaveBody ? readChunks(from, trailers) : body;
    } else if (!Field.values(fields, "Content-Length").isEmpty()) {
      framing = Framing.LENGTH;
      int length = Integer.parseInt(head.value("Content-Length"));
      body = mayHaveBody ? from.read(length) : body;
    }
    return new Message(first, fields, framing, body, trailers);
  }

  private static String readChunks(Peer from, List<Field> trailers) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(from.readLine().toLowerCase(Locale.ROOT), 16);
      if (size == 0) {
        break;
      }
      body.append(from.read(size));
      if (!from.readLine().isEmpty()) {
        throw new IOException("A chunk is longer than its size");
      }
    }
    for (String line = from.readLine(); !line.isEmpty(); line = from.readLine()) {
      trailers.add(Field.of(line));
    }
    return body.toString();
  }
}

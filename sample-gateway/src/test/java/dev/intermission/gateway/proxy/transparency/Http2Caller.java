package dev.intermission.gateway.proxy.transparency;

import dev.intermission.gateway.Http2Peer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 with many streams on one connection, one after the other. */
final class Http2Caller implements Caller {

  private static final int DATA_BYTES = 16 << 10;
  private static final int STREAMS = 500;

  /** Connects to the gateway. */
  @FunctionalInterface
  interface Connector {

    Socket connect() throws IOException;
  }

  private final Connector connector;
  private final String scheme;
  private @Nullable Http2Peer connection;
  private int left;

  Http2Caller(String scheme, Connector connector) {
    this.scheme = scheme;
    this.connector = connector;
  }

  @Override
  public Message call(Exchanged exchanged) throws IOException {
    if (left == 0) {
      close();
      left = STREAMS;
    }
    left--;
    Http2Peer peer = connection == null ? Http2Peer.on(connector.connect()) : connection;
    connection = peer;
    Message request = exchanged.request();
    int stream = peer.request(request.framing() == Framing.NONE, head(exchanged));
    if (request.framing() != Framing.NONE) {
      send(peer, stream, request);
    }
    Http2Peer.Answer answer = peer.answer(stream);
    if (answer.reset() != Http2Peer.NONE || answer.connectionEnded()) {
      throw new IOException("The stream did not end: " + answer);
    }
    return new Message(
        List.of(String.valueOf(answer.status())),
        fields(answer.head()),
        answer.head().contains("content-length") ? Framing.LENGTH : Framing.NONE,
        answer.body(),
        fields(answer.trailers()));
  }

  private String[] head(Exchanged exchanged) {
    Message request = exchanged.request();
    String target = "/api" + request.first().get(1);
    List<String> head =
        new ArrayList<>(
            List.of(
                ":method",
                request.first().get(0),
                ":scheme",
                scheme,
                ":authority",
                "g",
                ":path",
                target));
    for (Field field : request.fields()) {
      head.addAll(List.of(field.lowerCase().name(), field.value()));
    }
    if (request.framing() == Framing.LENGTH) {
      head.addAll(List.of("content-length", String.valueOf(request.body().length())));
    }
    if (exchanged.isExpecting()) {
      head.addAll(List.of("expect", "100-continue"));
    }
    return head.toArray(String[]::new);
  }

  private static void send(Http2Peer peer, int stream, Message request) throws IOException {
    boolean hasTrailers = !request.trailers().isEmpty();
    String body = request.body();
    int at = 0;
    do {
      int end = Math.min(at + DATA_BYTES, body.length());
      boolean last = end == body.length() && !hasTrailers;
      peer.data(stream, body.substring(at, end), last);
      at = end;
    } while (at < body.length());
    if (hasTrailers) {
      List<String> trailers = new ArrayList<>();
      for (Field field : request.trailers()) {
        trailers.addAll(List.of(field.lowerCase().name(), field.value()));
      }
      peer.trailers(stream, trailers.toArray(String[]::new));
    }
  }

  private static List<Field> fields(HttpFields fields) {
    return fields.stream().map(field -> new Field(field.getName(), field.getValue())).toList();
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}

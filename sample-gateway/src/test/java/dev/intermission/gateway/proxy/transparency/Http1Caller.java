package dev.intermission.gateway.proxy.transparency;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/1.1 that keeps its connection as long as it can. */
final class Http1Caller implements Caller {

  private final int port;
  private @Nullable Peer connection;

  Http1Caller(int port) {
    this.port = port;
  }

  @Override
  public Message call(Exchanged exchanged) throws IOException {
    Peer peer = connection == null ? Peer.connect(port) : connection;
    connection = peer;
    Message request = exchanged.request();
    String line = request.first().get(0) + " /api" + request.first().get(1) + " HTTP/1.1";
    List<String> own =
        exchanged.isExpecting() ? List.of("Host: g", "Expect: 100-continue") : List.of("Host: g");
    peer.send(Http1.head(line, request, own));
    Peer.Head head = null;
    if (exchanged.isExpecting()) {
      head = peer.readHead();
    }
    if (head == null || head.status() == 100) {
      peer.send(Http1.body(request));
      head = peer.readHead();
    }
    String[] first = head.first().split(" ", 3);
    Message response = Http1.read(peer, head, List.of(first[1], first[2]), exchanged.mayHaveBody());
    if (Field.values(response.fields(), "Connection").contains("close")) {
      close();
    }
    return response;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}

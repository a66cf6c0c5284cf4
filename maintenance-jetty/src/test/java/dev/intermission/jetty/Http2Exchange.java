package dev.intermission.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gate.Wire;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;

/** Sends requests by HTTP/2 as the behaviour suites send them by HTTP/1.1. */
final class Http2Exchange {

  private Http2Exchange() {}

  static Wire.Reply send(int port, String method, String target, String... lines) throws Exception {
    HttpFields.Mutable fields = HttpFields.build();
    for (String line : lines) {
      String[] parts = line.split(": *", 2);
      fields.add(parts[0], parts[1]);
    }
    try (Http2Client client = new Http2Client(port)) {
      Http2Client.Reply reply = client.start(method, target, fields.asImmutable(), false).reply();
      List<String> received =
          reply.head().getHttpFields().stream()
              .map(field -> field.getName() + ": " + field.getValue())
              .toList();
      return new Wire.Reply(
          "HTTP/2 " + reply.head().getStatus(), received, reply.text().getBytes(UTF_8));
    }
  }
}

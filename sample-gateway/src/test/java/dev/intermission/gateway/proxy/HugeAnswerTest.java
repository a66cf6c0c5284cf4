package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lengths are counted with 64 bits. */
@Tag("slow")
class HugeAnswerTest extends ProxyFixture {

  private static final int PIECE = 1 << 20;
  private static final int PIECES = (4 << 10) + 1;

  @Test
  void answerOfMoreThanFourGibibytesArrivesWhole() throws Exception {
    long size = (long) PIECES * PIECE;
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: " + size);
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  byte[] piece = new byte[PIECE];
                  for (int i = 0; i < PIECES; i++) {
                    piece[PIECE - 1] = (byte) i;
                    upstream.send(piece);
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(client.readHead().value("Content-Length")).isEqualTo(String.valueOf(size));
      for (int i = 0; i < PIECES; i++) {
        byte[] piece = client.readBytes(PIECE);
        assertThat(piece.length).isEqualTo(PIECE);
        assertThat(piece[PIECE - 1]).isEqualTo((byte) i);
      }
      sent.join();
      client.sendHead("GET /api/next HTTP/1.1", "Host: g");
      assertThat(upstream.readHead().first()).isEqualTo("GET /next HTTP/1.1");
    }
  }
}

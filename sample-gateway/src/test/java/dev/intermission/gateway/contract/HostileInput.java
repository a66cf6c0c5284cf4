package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.intermission.gateway.Http2Peer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Requests of HTTP/1.1 and HTTP/2, and what comes of them when their bytes are changed. */
final class HostileInput {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "PRI", "X\u001b");
  private static final List<String> TARGETS =
      List.of(
          "/api/v1/x",
          "/petstore/x",
          "/petstore/../api/v1",
          "//;[/api/v1/x",
          "//a:b:c/x",
          "/petstore/%2e%2e%2fapi/v1",
          "http://localhost/api/v1",
          "https://localhost:1/petstore",
          "*",
          "/petstore?\u001b[31m",
          "/api;x/v1");
  private static final List<String> FIELDS =
      List.of(
          "Content-Length: 5",
          "Content-Length: +5",
          "Transfer-Encoding: chunked",
          "Expect: 100-continue",
          "Connection: close",
          "Connection: Upgrade, HTTP2-Settings",
          "Upgrade: h2c",
          "HTTP2-Settings: AAMAAABkAAQAAP__",
          "X-Correlation-Id: a\u009bb\u0007",
          "X-Forwarded-For: \u0085",
          "Host: b\u001b]0;x\u0007");
  private static final String NASTY =
      "\r\n\0\t \u001b\u0007\u007f\u0085\u009b\u00e9%;:/\\@?#[]{}\",*+-._~AGPz059";

  private final Random random;

  HostileInput(long seed) {
    random = new Random(seed);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Returns the bytes of a connection that begins as one of HTTP/1.1. */
  byte[] http1() {
    StringBuilder text = new StringBuilder();
    for (int requests = 1 + random.nextInt(2); requests > 0; requests--) {
      text.append(any(METHODS)).append(' ').append(any(TARGETS)).append(" HTTP/1.1\r\n");
      text.append("Host: localhost\r\n");
      for (int fields = random.nextInt(4); fields > 0; fields--) {
        text.append(any(FIELDS)).append("\r\n");
      }
      text.append("\r\n");
      if (random.nextBoolean()) {
        text.append(random.nextBoolean() ? "12345" : "5\r\n12345\r\n0\r\n\r\n");
      }
    }
    return mutated(text.toString().getBytes(ISO_8859_1), random.nextInt(4));
  }

  /** Returns the bytes of a connection that begins with the preface of HTTP/2. */
  byte[] http2() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    frame(bytes, 4, 0, 0, new byte[0]);
    int stream = 1;
    for (int requests = 1 + random.nextInt(3); requests > 0; requests--) {
      byte[] block = block();
      boolean ended = random.nextBoolean();
      frame(bytes, 1, ended ? 5 : 4, stream, mutated(block, random.nextInt(3) / 2));
      if (!ended) {
        frame(bytes, 0, random.nextInt(2), stream, new byte[random.nextInt(8)]);
      }
      if (random.nextInt(3) == 0) {
        frame(bytes, 3, 0, stream, new byte[] {0, 0, 0, 8});
      }
      if (random.nextInt(4) == 0) {
        byte[] payload = new byte[random.nextInt(20)];
        random.nextBytes(payload);
        frame(bytes, random.nextInt(12), random.nextInt(256), random.nextInt(8), payload);
      }
      stream += 2;
    }
    return bytes.toByteArray();
  }

  private byte[] block() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    String[] pseudo = {
      ":method", any(METHODS),
      ":scheme", any(List.of("http", "https", "ftp")),
      ":path", any(TARGETS),
      ":authority", any(List.of("localhost", "b\u001b]0;x\u0007", "", "a b"))
    };
    int without = random.nextInt(12);
    for (int i = 0; i < pseudo.length; i += 2) {
      if (i / 2 != without) {
        block.writeBytes(Http2Peer.block(random.nextBoolean(), pseudo[i], pseudo[i + 1]));
      }
    }
    for (int fields = random.nextInt(4); fields > 0; fields--) {
      String[] field = any(FIELDS).split(": ", 2);
      block.writeBytes(
          Http2Peer.block(random.nextBoolean(), field[0].toLowerCase(Locale.ROOT), field[1]));
    }
    return block.toByteArray();
  }

  private static void frame(
      ByteArrayOutputStream bytes, int type, int flags, int stream, byte[] payload) {
    bytes.write(payload.length >> 16);
    bytes.write(payload.length >> 8);
    bytes.write(payload.length);
    bytes.write(type);
    bytes.write(flags);
    bytes.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    bytes.writeBytes(payload);
  }

  private byte[] mutated(byte[] bytes, int times) {
    byte[] changed = bytes;
    for (int i = 0; i < times && changed.length > 0; i++) {
      int at = random.nextInt(changed.length);
      int length = random.nextInt(Math.min(12, changed.length - at) + 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(changed, 0, at);
      switch (random.nextInt(4)) {
        case 0 -> {
          out.write(NASTY.charAt(random.nextInt(NASTY.length())));
          out.write(changed, at + 1, changed.length - at - 1);
        }
        case 1 -> {
          out.write(NASTY.charAt(random.nextInt(NASTY.length())));
          out.write(changed, at, changed.length - at);
        }
        case 2 -> out.write(changed, at + length, changed.length - at - length);
        default -> {
          out.write(changed, at, length);
          out.write(changed, at, changed.length - at);
        }
      }
      changed = out.toByteArray();
    }
    return changed;
  }
}

package dev.intermission.gateway.proxy.transparency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes exchanges of every kind that HTTP allows and a gateway has to hand on. */
final class Generator {

  private static final int LARGE_BODY = 200 << 10;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String TOKEN = LETTERS + "0123456789!#$%&'*+-.^_`|~";
  private static final String PATH = LETTERS + "0123456789-._~!$&'()*+,;=:@";
  private static final String VALUE =
      LETTERS + "0123456789 \t!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u00a0\u00e4\u00ff\u0080";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "QUERY");
  private static final List<String> REQUEST_FIELDS =
      List.of(
          "Accept",
          "Accept-Encoding",
          "Authorization",
          "Content-Type",
          "If-None-Match",
          "Origin",
          "Range",
          "Referer",
          "User-Agent",
          "X-Requested-With");
  private static final List<String> RESPONSE_FIELDS =
      List.of(
          "Cache-Control",
          "Content-Encoding",
          "Content-Type",
          "ETag",
          "Expires",
          "Location",
          "Server",
          "Set-Cookie",
          "Vary",
          "WWW-Authenticate");
  private static final List<Integer> STATUSES =
      List.of(
          200, 200, 200, 200, 201, 202, 203, 204, 205, 206, 299, 301, 302, 304, 307, 400, 401, 404,
          409, 410, 412, 413, 416, 418, 421, 429, 451, 499, 500, 501, 503, 504, 599);

  private final Random random;

  Generator(long seed) {
    random = new Random(seed);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  private String text(String alphabet, int least, int most) {
    StringBuilder text = new StringBuilder();
    for (int left = least + random.nextInt(most - least + 1); left > 0; left--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /**
   * Returns the next exchange.
   *
   * @param isHttp2 whether the client speaks HTTP/2, which lets fewer things be said
   */
  Exchanged next(boolean isHttp2) {
    String method = oneIn(10) ? text(TOKEN, 1, 12) : any(METHODS);
    while (List.of("CONNECT", "TRACE", "PRI").contains(method.toUpperCase(Locale.ROOT))) {
      method = text(TOKEN, 1, 12);
    }
    String body = oneIn(2) ? "" : body();
    Framing framing = requestFraming(body);
    List<Field> trailers = framing == Framing.CHUNKED ? trailers() : List.of();
    Message request =
        new Message(
            List.of(method, target()),
            withCookies(fields(REQUEST_FIELDS, !isHttp2)),
            framing,
            body,
            trailers);
    boolean isExpecting = !body.isEmpty() && framing != Framing.NONE && oneIn(8);
    return new Exchanged(request, isExpecting, response(method));
  }

  private Framing requestFraming(String body) {
    if (body.isEmpty()) {
      return any(List.of(Framing.NONE, Framing.NONE, Framing.LENGTH, Framing.CHUNKED));
    }
    return oneIn(2) ? Framing.LENGTH : Framing.CHUNKED;
  }

  private Message response(String method) {
    int status = any(STATUSES);
    boolean hasBody = !method.equals("HEAD") && status != 204 && status != 304;
    String body = status == 204 || status == 205 || oneIn(3) ? "" : body();
    Framing framing;
    if (status == 204) {
      framing = Framing.NONE;
    } else if (status == 205) {
      // Nothing else says that it has no content (RFC 9110 section 15.3.6).
      framing = Framing.LENGTH;
    } else if (!hasBody) {
      framing = any(List.of(Framing.NONE, Framing.LENGTH));
    } else {
      framing = any(List.of(Framing.LENGTH, Framing.LENGTH, Framing.CHUNKED, Framing.CLOSE));
    }
    // A letter in front: Jetty's parser knows no reason that begins with a byte above 0x7f.
    String reason =
        oneIn(4) ? text(LETTERS, 1, 1) + text(LETTERS + " \u00e4!", 0, 30).strip() : "OK";
    return new Message(
        List.of(String.valueOf(status), reason),
        fields(RESPONSE_FIELDS, true),
        framing,
        body,
        framing == Framing.CHUNKED ? trailers() : List.of());
  }

  private String target() {
    StringBuilder target = new StringBuilder();
    for (int segments = random.nextInt(5); segments > 0; segments--) {
      // A letter in front: neither a dot segment nor an empty one.
      target.append('/').append(text(LETTERS, 1, 1)).append(segment());
    }
    if (oneIn(4)) {
      target.append(target.length() == 0 ? "" : "/");
    }
    if (oneIn(2)) {
      target.append('?').append(oneIn(5) ? "" : segment()).append(oneIn(3) ? "&=?/" : "");
    }
    return target.toString();
  }

  private String segment() {
    StringBuilder segment = new StringBuilder();
    for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
      segment.append(text(PATH, 0, 8));
      if (oneIn(3)) {
        segment.append(any(List.of("%20", "%2B", "%c3%A4", "%7E", "%41", "%3F", "%23", "%25")));
      }
    }
    return segment.toString();
  }

  private List<Field> fields(List<String> known, boolean hasHopByHop) {
    List<Field> fields = new ArrayList<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      fields.add(new Field(any(known), value()));
    }
    for (int left = random.nextInt(5); left > 0; left--) {
      String name = "X-" + text(TOKEN, 1, 12);
      for (int times = oneIn(4) ? 3 : 1; times > 0; times--) {
        fields.add(new Field(name, value()));
      }
    }
    if (hasHopByHop && oneIn(4)) {
      fields.add(new Field("Connection", "X-Hop, keep-alive"));
      fields.add(new Field("X-Hop", "1"));
      fields.add(new Field("Keep-Alive", "timeout=5"));
    }
    return fields;
  }

  private List<Field> withCookies(List<Field> fields) {
    for (int left = oneIn(3) ? 1 + random.nextInt(3) : 0; left > 0; left--) {
      fields.add(
          random.nextInt(fields.size() + 1),
          new Field("Cookie", text(LETTERS, 1, 5) + "=" + text(LETTERS, 0, 20)));
    }
    return fields;
  }

  private String value() {
    return oneIn(8) ? "" : text(VALUE, 1, oneIn(10) ? 400 : 30).strip();
  }

  private List<Field> trailers() {
    List<Field> trailers = new ArrayList<>();
    for (int left = oneIn(3) ? 1 + random.nextInt(3) : 0; left > 0; left--) {
      trailers.add(new Field("X-T" + text(LETTERS, 0, 8), value()));
    }
    return trailers;
  }

  private String body() {
    byte[] body =
        new byte
            [switch (random.nextInt(10)) {
              case 0 -> 1;
              case 1 -> random.nextInt(LARGE_BODY) + 1;
              case 2 -> LARGE_BODY;
              default -> random.nextInt(2_000) + 1;
            }];
    random.nextBytes(body);
    return new String(body, ISO_8859_1);
  }
}

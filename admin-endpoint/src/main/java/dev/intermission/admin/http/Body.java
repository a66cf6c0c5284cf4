package dev.intermission.admin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.api.ContentType;
import dev.intermission.json.Excerpt;
import dev.intermission.json.JsonText;
import dev.intermission.json.JsonValue;
import dev.intermission.json.NotOneObjectException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request body as the client sent it: its bytes and its Content-Type. */
public final class Body {

  private final byte[] bytes;
  private final List<String> contentTypes;

  /** Makes a body of the bytes and the values of Content-Type, one for each header line. */
  public Body(byte[] bytes, List<String> contentTypes) {
    this.bytes = bytes;
    this.contentTypes = contentTypes;
  }

  /** Reads at most one byte more than the limit, whatever length the client announced. */
  public static Body read(HttpServletRequest request, int limit) {
    for (String coding : Collections.list(request.getHeaders("Content-Encoding"))) {
      if (!coding.strip().equalsIgnoreCase("identity")) {
        throw Refusal.badRequest(
            "The Content-Encoding is '"
                + Excerpt.of(coding)
                + "'; send the body as it is, without a coding");
      }
    }
    if (request.getContentLengthLong() > limit) {
      throw Refusal.tooLarge(limit);
    }
    byte[] bytes;
    try {
      bytes = request.getInputStream().readNBytes(limit + 1);
    } catch (IOException e) {
      throw Refusal.badRequest("The body could not be read to its end");
    }
    if (bytes.length > limit) {
      throw Refusal.tooLarge(limit);
    }
    return new Body(bytes, Collections.list(request.getHeaders("Content-Type")));
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /**
   * Returns which of these media types the body has, in lower case without parameters.
   *
   * @param fields header fields that say which types are accepted, for the answer to another type
   * @throws Refusal if it is none of them, or in another charset than UTF-8
   */
  public String mediaType(List<String> accepted, Map<String, String> fields) {
    String allowed = String.join(" or ", accepted);
    if (contentTypes.size() != 1) {
      throw Refusal.unsupportedMediaType(
          String.format(
              Locale.ROOT,
              "The request has %s Content-Type; allowed is %s",
              contentTypes.isEmpty() ? "no" : "more than one",
              allowed),
          fields);
    }
    String found = contentTypes.get(0);
    try {
      ContentType type = ContentType.parse(found.strip());
      if (accepted.contains(type.essence()) && type.charset().equals(UTF_8)) {
        return type.essence();
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.unsupportedMediaType(
          "The Content-Type " + e.getMessage() + "; allowed is " + allowed, fields);
    }
    throw Refusal.unsupportedMediaType(
        "The Content-Type is '" + Excerpt.of(found) + "'; allowed is " + allowed + ", in UTF-8",
        fields);
  }

  /**
   * Returns the body as text.
   *
   * @throws Refusal if it is not UTF-8, or starts with a byte order mark
   */
  public String text() {
    if (startsWith(0xef, 0xbb, 0xbf)) {
      throw Refusal.badRequest(
          "The body starts with a byte order mark; send UTF-8 without one (RFC 8259 section 8.1)");
    }
    if (startsWith(0xfe, 0xff) || startsWith(0xff, 0xfe) || hasZeroAtStart()) {
      throw Refusal.badRequest("The body is in UTF-16 or UTF-32; allowed is UTF-8");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      throw Refusal.badRequest(
          String.format(
              Locale.ROOT,
              "The body is not UTF-8: see the byte 0x%02X at index %d",
              bytes[in.position()],
              in.position()));
    }
    return out.flip().toString();
  }

  /**
   * Returns the body as a JSON object.
   *
   * @throws Refusal if it is something else
   */
  public JsonValue json() {
    try {
      return JsonText.object(text());
    } catch (NotOneObjectException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private boolean startsWith(int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** JSON begins with two ASCII characters, of which UTF-16 and UTF-32 write at least one zero. */
  private boolean hasZeroAtStart() {
    return (bytes.length > 0 && bytes[0] == 0) || (bytes.length > 1 && bytes[1] == 0);
  }
}

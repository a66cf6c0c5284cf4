package dev.intermission.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The media type of a maintenance response (RFC 9110 section 8.3.1, contract section 2), kept as it
 * was written: {@link #value()} is sent byte for byte.
 */
public final class ContentType {

  /** The most characters that a value may have. */
  public static final int MAX_LENGTH = 255;

  private final String value;
  private final String essence;
  private final Charset charset;
  private final Map<String, String> parameters;

  private ContentType(
      String value, String essence, Charset charset, Map<String, String> parameters) {
    this.value = value;
    this.essence = essence;
    this.charset = charset;
    this.parameters = Map.copyOf(parameters);
  }

  /**
   * Reads one media type with its parameters.
   *
   * @throws IllegalArgumentException with a message for the operator if the text is not one media
   *     type in visible ASCII and spaces of at most {@value #MAX_LENGTH} characters, or names a
   *     charset that this JVM can't encode
   */
  public static ContentType parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "has " + text.length() + " characters, allowed are " + MAX_LENGTH);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "has the character U+%04X at index %d; allowed are ASCII characters without controls",
                (int) c,
                i));
      }
    }
    MediaTypeParser parser = new MediaTypeParser(text);
    parser.parse();
    return new ContentType(text, parser.essence(), charset(parser.charset()), parser.others());
  }

  /** Returns the text as it was written. */
  public String value() {
    return value;
  }

  /** Returns the type and subtype in lower case, without parameters. */
  public String essence() {
    return essence;
  }

  /** Returns the charset of the body: the one in the parameters, otherwise UTF-8. */
  public Charset charset() {
    return charset;
  }

  /**
   * Returns the parameters but the charset: by their names in lower case the values, unquoted. Of a
   * name that is there twice the first one counts.
   */
  public Map<String, String> parameters() {
    return parameters;
  }

  /**
   * Returns whether a client can't ask for one of the two and not for the other: they have the same
   * type, subtype and parameters, and their bodies the same charset.
   */
  public boolean isSameType(ContentType other) {
    return essence.equals(other.essence)
        && charset.equals(other.charset)
        && parameters.equals(other.parameters);
  }

  /** Returns whether it stands for several types (RFC 9110 section 12.5.1), which no body has. */
  boolean isRange() {
    return essence.startsWith("*/") || essence.endsWith("/*");
  }

  /** Returns whether a body of this type has the details of a problem (RFC 9457). */
  public boolean isProblem() {
    return essence.equals("application/problem+json");
  }

  /** Returns whether a body of this type is JSON ({@code application/json}, {@code …+json}). */
  public boolean isJson() {
    return essence.endsWith("/json") || essence.endsWith("+json");
  }

  /** Returns whether a body of this type is XML or HTML, which share their escapes. */
  public boolean isMarkup() {
    return essence.endsWith("/xml") || essence.endsWith("+xml") || essence.equals("text/html");
  }

  /**
   * Returns the text in this type's charset.
   *
   * @throws IllegalArgumentException naming the first character that is a lone surrogate or that
   *     the charset lacks
   */
  public byte[] encode(String text) {
    CharBuffer in = CharBuffer.wrap(text);
    try {
      ByteBuffer out =
          charset
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(in);
      byte[] bytes = new byte[out.remaining()];
      out.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(unencodable(text), e);
    }
  }

  private String unencodable(String text) {
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        return String.format(Locale.ROOT, "has the lone surrogate U+%04X at index %d", c, i);
      }
      if (!charset.newEncoder().canEncode(Character.toString(c))) {
        return String.format(
            Locale.ROOT,
            "has the character U+%04X at index %d, which the charset %s lacks",
            c,
            i,
            charset.name());
      }
    }
    return "can't be encoded in the charset " + charset.name();
  }

  private static Charset charset(@Nullable String name) {
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(name);
      if (charset.canEncode()) {
        return charset;
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(unknownCharset(name), e);
    }
    throw new IllegalArgumentException(unknownCharset(name));
  }

  private static String unknownCharset(String name) {
    return "names the charset '" + name + "', which can't be encoded here; try utf-8";
  }

  /** Equal if both were written with the same characters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ContentType that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}

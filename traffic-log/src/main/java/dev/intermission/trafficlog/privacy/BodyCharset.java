package dev.intermission.trafficlog.privacy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The character set of a body. The sender of a body can say what it likes, and its reader need not
 * believe it, so a set is only read where a reader of ASCII would see the same structure (each byte
 * below 128 is its character), or where one would see no text at all (UTF-16).
 */
final class BodyCharset {

  private static final Pattern XML_ENCODING =
      Pattern.compile("^<\\?xml[^>]{0,100}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final int PROLOG = 200;
  private static final int ASCII = 128;

  private BodyCharset() {}

  /** Returns the one that a body says it has; null if that is not known, or not clear. */
  static @Nullable Charset of(byte[] bytes, String mediaType) {
    FieldParameters parameters = FieldParameters.of(mediaType);
    if (!parameters.isClear("charset")) {
      return null;
    }
    String named = parameters.value("charset");
    if (begins(bytes, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    if (begins(bytes, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    if (named == null) {
      String prolog =
          new String(bytes, 0, Math.min(PROLOG, bytes.length), StandardCharsets.ISO_8859_1);
      Matcher ofXml = XML_ENCODING.matcher(prolog);
      named = ofXml.find() ? ofXml.group(1) : "utf-8";
    }
    if (named.toLowerCase(Locale.ROOT).startsWith("utf-16")) {
      return bytes.length > 1 && bytes[1] == 0
          ? StandardCharsets.UTF_16LE
          : StandardCharsets.UTF_16BE;
    }
    return known(named);
  }

  private static boolean begins(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private static @Nullable Charset known(String name) {
    try {
      Charset charset = Charset.forName(name);
      return charset.equals(StandardCharsets.UTF_8) || isAsciiWithMore(charset) ? charset : null;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  /** Returns whether each byte is one character, and those of ASCII are the same. */
  private static boolean isAsciiWithMore(Charset charset) {
    if (!charset.canEncode() || charset.newEncoder().maxBytesPerChar() > 1) {
      return false;
    }
    byte[] ascii = new byte[ASCII];
    for (int i = 0; i < ASCII; i++) {
      ascii[i] = (byte) i;
    }
    return new String(ascii, charset).equals(new String(ascii, StandardCharsets.US_ASCII));
  }

  /** Returns the text of a body, or null if its bytes are not what the character set says. */
  static @Nullable String text(byte[] bytes, Charset charset, boolean isWhole) {
    boolean isUtf16 =
        charset.equals(StandardCharsets.UTF_16BE) || charset.equals(StandardCharsets.UTF_16LE);
    if (isUtf16 && !isUtf16Only(bytes, charset.equals(StandardCharsets.UTF_16BE) ? 0 : 1)) {
      return null;
    }
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean isText =
        !charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes), text, isWhole)
            .isError();
    return isText ? text.flip().toString() : null;
  }

  /** Returns whether no two bytes of a character are text in ASCII, or UTF-16 the other way. */
  private static boolean isUtf16Only(byte[] bytes, int high) {
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      byte low = bytes[i + 1 - high];
      if (low == 0 || (isAscii(bytes[i]) && isAscii(bytes[i + 1]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte b) {
    return b >= '\t' && b < ASCII - 1;
  }
}

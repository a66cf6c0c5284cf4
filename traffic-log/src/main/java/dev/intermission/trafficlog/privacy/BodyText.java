package dev.intermission.trafficlog.privacy;

import dev.intermission.trafficlog.capture.CapturedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body as text.
 *
 * @param text what is there of it
 * @param isWhole whether that is all of it
 * @param why why it is not there, where it can't be a text; null otherwise
 */
record BodyText(String text, boolean isWhole, @Nullable String why) {

  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([^\\s;\"]{1,40})", Pattern.CASE_INSENSITIVE);
  private static final Pattern XML_ENCODING =
      Pattern.compile("^<\\?xml[^>]{0,100}?encoding=[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final int PROLOG = 200;
  private static final int MOST_BYTES = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /**
   * Reads a body.
   *
   * @param mediaType the Content-Type, or empty
   * @param coding the Content-Encoding, or empty
   */
  static BodyText of(CapturedBody body, String mediaType, String coding) {
    if (!isText(mediaType)) {
      return leftOut("not text");
    }
    byte[] bytes = body.bytes();
    boolean isWhole = body.isWhole();
    String plainCoding = coding.strip().toLowerCase(Locale.ROOT);
    if (plainCoding.equals("gzip") || plainCoding.equals("x-gzip")) {
      CapturedBody unzipped = unzipped(bytes);
      bytes = unzipped.bytes();
      isWhole = isWhole && unzipped.isWhole();
    } else if (!plainCoding.isEmpty() && !plainCoding.equals("identity")) {
      return leftOut("in a coding that is not read");
    }
    Charset charset = charset(bytes, mediaType);
    if (charset == null) {
      return leftOut("in a character set that is not known");
    }
    String text = new String(bytes, charset);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    if (text.indexOf('\0') >= 0) {
      return leftOut("not text");
    }
    String ascii = new String(bytes, StandardCharsets.US_ASCII);
    boolean isPlain = ascii.chars().allMatch(c -> c >= '\t' && c < '\u007f');
    return isPlain && !ascii.equals(text)
        ? leftOut("in another character set than it says")
        : new BodyText(text, isWhole, null);
  }

  private static BodyText leftOut(String why) {
    return new BodyText("", false, why);
  }

  private static boolean isText(String mediaType) {
    String type = mediaType.strip().toLowerCase(Locale.ROOT);
    return type.isEmpty()
        || type.startsWith("text/")
        || type.startsWith("multipart/form-data")
        || type.matches(
            "application/[^;]*(json|xml|yaml|javascript|ecmascript|graphql|x-www-form-urlencoded|ndjson|sql)[^;]*(;.*)?")
        || type.startsWith("image/svg+xml");
  }

  private static @Nullable Charset charset(byte[] bytes, String mediaType) {
    Matcher named = CHARSET.matcher(mediaType);
    if (named.find()) {
      return charset(named.group(1));
    }
    if (begins(bytes, 0xfe, 0xff)) {
      return StandardCharsets.UTF_16BE;
    }
    if (begins(bytes, 0xff, 0xfe)) {
      return StandardCharsets.UTF_16LE;
    }
    String prolog =
        new String(bytes, 0, Math.min(PROLOG, bytes.length), StandardCharsets.ISO_8859_1);
    Matcher ofXml = XML_ENCODING.matcher(prolog);
    return ofXml.find() ? charset(ofXml.group(1)) : StandardCharsets.UTF_8;
  }

  private static boolean begins(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
  }

  private static @Nullable Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  /** Reads as far as there is something that can be read. */
  private static CapturedBody unzipped(byte[] zipped) {
    byte[] to = new byte[MOST_BYTES];
    int length = 0;
    boolean isWhole = false;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      int count = in.read(to, 0, to.length);
      while (count > 0) {
        length += count;
        count = in.read(to, length, to.length - length);
      }
      isWhole = count < 0;
    } catch (IOException e) {
      // It was cut off, or is none; what was read before is what there is.
      isWhole = false;
    }
    return new CapturedBody(Arrays.copyOf(to, length), isWhole);
  }
}

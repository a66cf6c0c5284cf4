package dev.intermission.trafficlog.privacy;

import dev.intermission.trafficlog.capture.CapturedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
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

  private static final int MOST_BYTES_OF_ONE = 4;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /**
   * Reads a body.
   *
   * @param mediaType the Content-Type, or empty
   * @param coding the Content-Encoding, or empty
   * @param most how many characters are wanted
   */
  static BodyText of(CapturedBody body, String mediaType, String coding, int most) {
    if (!isText(mediaType)) {
      return leftOut("not text");
    }
    byte[] bytes = body.bytes();
    boolean isWhole = body.isWhole();
    String plainCoding = coding.strip().toLowerCase(Locale.ROOT);
    if (plainCoding.equals("gzip") || plainCoding.equals("x-gzip")) {
      CapturedBody unzipped = unzipped(bytes, MOST_BYTES_OF_ONE * most);
      bytes = unzipped.bytes();
      isWhole = isWhole && unzipped.isWhole();
    } else if (!plainCoding.isEmpty() && !plainCoding.equals("identity")) {
      return leftOut("in a coding that is not read");
    }
    Charset charset = BodyCharset.of(bytes, mediaType);
    if (charset == null) {
      return leftOut("in a character set that is not known");
    }
    String text = BodyCharset.text(bytes, charset, isWhole);
    if (text == null) {
      return leftOut("in another character set than it says");
    }
    if (text.indexOf('\0') >= 0) {
      return leftOut("not text");
    }
    boolean isMarked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new BodyText(isMarked ? text.substring(1) : text, isWhole, null);
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

  /** Reads as far as there is something that can be read. */
  private static CapturedBody unzipped(byte[] zipped, int most) {
    byte[] to = new byte[most];
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
    return new CapturedBody(Arrays.copyOf(to, length), isWhole, length);
  }
}

package dev.intermission.trafficlog.privacy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the parts of a form that is {@code multipart/form-data} (RFC 7578). A part that has no
 * name, or another coding, is hidden.
 */
final class MultipartScanner {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "boundary=(?:\"([^\"]{1,200})\"|([^;\\s\"]{1,200}))", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME =
      Pattern.compile("[;\\s]name\\*?=(?:\"((?:[^\"\\\\]|\\\\.){0,500})\"|([^;\\s\"]{1,500}))");

  private final Findings findings;
  private final String text;

  private MultipartScanner(Findings findings) {
    this.findings = findings;
    text = findings.text();
  }

  /** Tells the parts behind the boundary that a media type names. */
  static void scan(Findings findings, String mediaType) {
    Matcher matcher = BOUNDARY.matcher(mediaType);
    if (matcher.find()) {
      String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      new MultipartScanner(findings).scan("--" + boundary);
    } else {
      findings.unreadableFrom(0);
    }
  }

  private void scan(String delimiter) {
    int at = text.indexOf(delimiter);
    if (at != 0) {
      findings.unreadableFrom(0);
      return;
    }
    while (at >= 0) {
      int start = at + delimiter.length();
      int next = text.indexOf("\n" + delimiter, start);
      part(start, next < 0 ? text.length() : next);
      at = next < 0 ? -1 : next + 1;
    }
  }

  private void part(int start, int end) {
    if (text.startsWith("--", start) && end - start <= 4) {
      return;
    }
    int crlf = text.indexOf("\r\n\r\n", start);
    int lf = text.indexOf("\n\n", start);
    boolean isCrlf = crlf >= 0 && (lf < 0 || crlf < lf);
    int headEnd = isCrlf ? crlf : lf;
    if (headEnd < 0 || headEnd > end) {
      findings.unreadableFrom(start);
      return;
    }
    String head = text.substring(start, headEnd);
    int from = headEnd + (isCrlf ? 4 : 2);
    int to = end > from && text.charAt(end - 1) == '\r' ? end - 1 : Math.max(from, end);
    String name = name(head);
    boolean isCoded = head.toLowerCase(Locale.ROOT).contains("content-transfer-encoding");
    if (name == null || isCoded) {
      findings.hide(from, to, "", Treatment.HIDDEN, Quoting.NONE);
      return;
    }
    String value = text.substring(from, to);
    Treatment treatment = findings.byName(name);
    if (treatment == null) {
      findings.value(from, to, value, Quoting.NONE);
    } else {
      findings.hide(from, to, value, treatment, Quoting.NONE);
    }
  }

  private static @Nullable String name(String head) {
    Matcher matcher = NAME.matcher(head);
    if (!matcher.find()) {
      return null;
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String plain = Unescaped.of(name);
    return plain.substring(plain.lastIndexOf('\'') + 1);
  }
}

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

  /** What may follow the last boundary on its line. */
  private static final int LAST_LINE = 4;

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
    boolean isReadable = true;
    while (at >= 0 && isReadable) {
      int start = at + delimiter.length();
      int next = text.indexOf("\n" + delimiter, start);
      isReadable = part(start, next < 0 ? text.length() : next);
      at = next < 0 ? -1 : next + 1;
    }
  }

  /** Tells a part; returns whether it could be read. */
  private boolean part(int start, int end) {
    String part = text.substring(start, end);
    if (part.startsWith("--") && part.length() <= LAST_LINE) {
      return true;
    }
    int crlf = part.indexOf("\r\n\r\n");
    int lf = part.indexOf("\n\n");
    boolean isCrlf = crlf >= 0 && (lf < 0 || crlf < lf);
    int headEnd = isCrlf ? crlf : lf;
    if (headEnd < 0) {
      findings.unreadableFrom(start);
      return false;
    }
    int from = start + headEnd + (isCrlf ? 4 : 2);
    int to = part.endsWith("\r") && end > from ? end - 1 : Math.max(from, end);
    content(part.substring(0, headEnd), from, to);
    return true;
  }

  private void content(String head, int from, int to) {
    String name = name(head);
    if (name == null || head.toLowerCase(Locale.ROOT).contains("content-transfer-encoding")) {
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

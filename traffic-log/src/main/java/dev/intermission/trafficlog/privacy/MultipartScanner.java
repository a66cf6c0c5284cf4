package dev.intermission.trafficlog.privacy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells the parts of a form that is {@code multipart/form-data} (RFC 7578). A part is hidden if its
 * head could be read in two ways, or has no name, or another coding. All lines of heads and
 * boundaries end as the first one does; what follows another boundary is left out.
 */
final class MultipartScanner {

  private final Findings findings;
  private final String text;
  private final String delimiter;
  private final String lineBreak;

  private MultipartScanner(Findings findings, String boundary) {
    this.findings = findings;
    text = findings.text();
    delimiter = "--" + boundary;
    lineBreak = text.startsWith(delimiter + "\n") ? "\n" : "\r\n";
  }

  /** Tells the parts behind the boundary that a media type names. */
  static void scan(Findings findings, String mediaType) {
    String boundary = FieldParameters.of(mediaType).value("boundary");
    if (boundary == null || boundary.isEmpty() || !findings.text().startsWith("--" + boundary)) {
      findings.unreadableFrom(0);
    } else {
      new MultipartScanner(findings, boundary).scan();
    }
  }

  private void scan() {
    int start = delimiter.length();
    boolean isReadable = true;
    while (start >= 0 && isReadable) {
      int next = text.indexOf("\n" + delimiter, start);
      isReadable = part(start, next < 0 ? text.length() : next);
      if (next >= 0 && !endsAsTheFirst(next)) {
        findings.unreadableFrom(next);
        isReadable = false;
      }
      start = next < 0 ? -1 : next + 1 + delimiter.length();
    }
  }

  private boolean endsAsTheFirst(int newLine) {
    return (text.charAt(newLine - 1) == '\r') == (lineBreak.length() > 1);
  }

  /** Tells a part; returns whether it could be read. */
  private boolean part(int start, int end) {
    if (text.startsWith("--", start) && text.substring(start + 2, end).isBlank()) {
      return true;
    }
    String head = head(start, end);
    if (head == null) {
      findings.unreadableFrom(start);
      return false;
    }
    int from = start + head.length() + 2 * lineBreak.length();
    boolean isClosed = end < text.length() && text.charAt(end - 1) == '\r';
    content(name(head), from, isClosed ? Math.max(from, end - 1) : end);
    return true;
  }

  /** Returns the head, with the line break before it, or null if it has no end. */
  private @Nullable String head(int start, int end) {
    String part = text.substring(start, end);
    int headEnd = part.indexOf(lineBreak + lineBreak);
    return headEnd >= 0 && part.startsWith(lineBreak) ? part.substring(0, headEnd) : null;
  }

  private void content(@Nullable String name, int from, int to) {
    if (name == null) {
      findings.hide(from, to, "", Treatment.HIDDEN, Quoting.NONE);
      return;
    }
    Treatment treatment = findings.byName(name);
    if (treatment == null) {
      findings.plainText(from, to);
    } else {
      findings.hide(from, to, text.substring(from, to), treatment, Quoting.NONE);
    }
  }

  /** Returns the name of a part, or null if it is not clear. */
  private @Nullable String name(String head) {
    String disposition = null;
    for (String line : head.split(lineBreak, -1)) {
      String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
      boolean isDisposition = name.strip().equals("content-disposition");
      boolean isClear =
          line.indexOf('\r') < 0
              && line.indexOf('\n') < 0
              && name.strip().equals(name)
              && !name.equals("content-transfer-encoding")
              && !(isDisposition && disposition != null)
              && name.isEmpty() == line.isEmpty();
      if (!isClear) {
        return null;
      }
      disposition = isDisposition ? line.substring(name.length() + 1) : disposition;
    }
    String name = disposition == null ? null : FieldParameters.of(disposition).value("name");
    return name == null ? null : Unescaped.of(name);
  }
}

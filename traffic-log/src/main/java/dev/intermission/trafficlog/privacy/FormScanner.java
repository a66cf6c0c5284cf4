package dev.intermission.trafficlog.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Tells the values of a query, or of a form in that form. A name counts with each of its parts, as
 * in {@code user[password]}.
 */
final class FormScanner {

  private final Findings findings;
  private final String text;

  private FormScanner(Findings findings) {
    this.findings = findings;
    text = findings.text();
  }

  /** Tells those that begin at this character or behind it. */
  static void scan(Findings findings, int from) {
    FormScanner scanner = new FormScanner(findings);
    int start = from;
    while (start <= scanner.text.length()) {
      int end = scanner.endOf(start);
      scanner.parameter(start, end);
      start = end + 1;
    }
  }

  private int endOf(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '&' && text.charAt(end) != ';') {
      end++;
    }
    return end;
  }

  private void parameter(int start, int end) {
    int nameEnd = start;
    while (nameEnd < end && text.charAt(nameEnd) != '=') {
      nameEnd++;
    }
    String name = Unescaped.percent(text.substring(start, nameEnd), true);
    if (nameEnd == end) {
      findings.value(start, end, name, Quoting.FORM);
      return;
    }
    findings.value(start, nameEnd, name, Quoting.FORM);
    String value = Unescaped.percent(text.substring(nameEnd + 1, end), true);
    Treatment treatment = byName(name);
    if (treatment == null) {
      findings.value(nameEnd + 1, end, value, Quoting.FORM);
    } else {
      findings.hide(nameEnd + 1, end, value, treatment, Quoting.FORM);
    }
  }

  /** Returns what the rules say of a name, or of one of its parts. */
  private @Nullable Treatment byName(String name) {
    String plain = Unescaped.of(name);
    Treatment treatment = findings.byName(plain);
    if (treatment != null) {
      return treatment;
    }
    for (String part : plain.split("[\\[\\].]+", -1)) {
      treatment = part.isEmpty() ? null : findings.byName(part);
      if (treatment != null) {
        return treatment;
      }
    }
    return null;
  }
}

package dev.intermission.trafficlog.privacy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the values of a query, or of a form in that form. Some begin a new parameter at a
 * semicolon, and some don't: a value goes on to the ampersand, and the name of each side counts.
 */
final class FormScanner {

  /** Where some begin to read a name anew. */
  private static final Pattern SEPARATOR = Pattern.compile("[;?#]");

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
      int end = scanner.endOf(start, scanner.text.length(), '&');
      scanner.parameter(start, end);
      start = end + 1;
    }
  }

  private int endOf(int start, int most, char last) {
    int end = start;
    while (end < most && text.charAt(end) != last) {
      end++;
    }
    return end;
  }

  private void parameter(int start, int end) {
    int nameEnd = endOf(start, end, '=');
    String name = Unescaped.percent(text.substring(start, nameEnd), true);
    if (nameEnd == end) {
      findings.value(start, end, name, Quoting.FORM);
      return;
    }
    findings.value(start, nameEnd, name, Quoting.FORM);
    String value = Unescaped.percent(text.substring(nameEnd + 1, end), true);
    Treatment treatment = byName(Unescaped.of(name));
    if (treatment == null) {
      findings.value(nameEnd + 1, end, value, Quoting.FORM);
    } else {
      findings.hide(nameEnd + 1, end, value, treatment, Quoting.FORM);
    }
  }

  private @Nullable Treatment byName(String name) {
    Treatment treatment = findings.byName(name);
    for (String part : SEPARATOR.split(name, -1)) {
      treatment = findings.byName(treatment, part);
    }
    return treatment;
  }
}

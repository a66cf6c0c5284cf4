package dev.intermission.trafficlog.privacy;

import dev.intermission.trafficlog.capture.BodyCapture;
import dev.intermission.trafficlog.capture.CapturedBody;
import dev.intermission.trafficlog.capture.CapturedField;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is private out of the texts of one record, before anything is cut to its size. The
 * fields that hold the secrets of HTTP and of the gate are always masked. Not thread-safe.
 */
public final class Redaction {

  private static final Set<String> ALWAYS_MASKED =
      Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "intermission-bypass");

  /** An address, or its path, without what is in no address. */
  private static final Pattern URL =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:/)?/[^\\s\"'{}<>]*");

  private static final String ENDED_EARLY =
      "[left out: it ended too early to tell what is private]";

  private static final String MASK = Treatment.HIDDEN.of("", false);

  private final PrivacyRules rules;
  private final Set<String> detected = new TreeSet<>();

  /** Begins a record. */
  public Redaction(PrivacyRules rules) {
    this.rules = rules;
  }

  /** Returns the labels of what was only to be detected, and was. */
  public Set<String> detected() {
    return detected;
  }

  /** Returns header fields, a line for each. */
  public String fields(List<CapturedField> fields) {
    StringBuilder lines = new StringBuilder();
    for (CapturedField field : fields) {
      lines.append(lines.isEmpty() ? "" : "\n").append(field.name()).append(": ");
      lines.append(field(field.name(), field.value()));
    }
    return lines.toString();
  }

  /**
   * Returns a value that a client has sent in one of these fields, as it is told in the first one
   * of them in which it is private.
   */
  public @Nullable String sentIn(List<String> names, @Nullable String value) {
    if (value == null) {
      return null;
    }
    for (String name : names) {
      String kept = field(name, value);
      if (!kept.equals(value)) {
        return kept;
      }
    }
    return value;
  }

  /** Returns the value of a header field. */
  public String field(String name, String value) {
    if (ALWAYS_MASKED.contains(name.toLowerCase(Locale.ROOT))) {
      return MASK;
    }
    Treatment treatment = rules.byName(name, detected);
    if (treatment != null) {
      return rules.instead(value, treatment, true);
    }
    if (hasPrivateCopy(name)) {
      return MASK;
    }
    int query = value.indexOf('?');
    return query < 0 || !URL.matcher(value).matches() ? plain(value) : url(value, query);
  }

  /** Returns whether a field holds a copy of one that is private. */
  private boolean hasPrivateCopy(String name) {
    return name.equalsIgnoreCase(SameValues.FORWARDED)
        && SameValues.FORWARDED_PARTS.stream()
            .anyMatch(part -> rules.byName(part, detected) != null);
  }

  private String url(String url, int query) {
    if (rules.areNone()) {
      return url;
    }
    Findings findings = new Findings(rules, url, true, detected);
    findings.value(0, query, url.substring(0, query), Quoting.NONE);
    FormScanner.scan(findings, query + 1);
    findings.search();
    return findings.result(url.length());
  }

  /** Returns a query, in the spelling of the client where nothing is private. */
  public String query(String query) {
    if (rules.areNone()) {
      return query;
    }
    Findings findings = new Findings(rules, query, true, detected);
    FormScanner.scan(findings, 0);
    findings.search();
    return findings.result(query.length());
  }

  /** Returns a text that has no structure of its own, such as a path or the value of a field. */
  public String plain(String text) {
    if (rules.areNone()) {
      return text;
    }
    Findings findings = new Findings(rules, text, true, detected);
    findings.value(0, text.length(), text, Quoting.NONE);
    return findings.result(text.length());
  }

  /**
   * Returns the text of a body.
   *
   * @param limit the most characters of it
   * @param fields those of its message, which say what it is
   */
  public String body(CapturedBody body, int limit, List<CapturedField> fields) {
    return read(body, limit, fields).text();
  }

  /** Returns a body, and whether it is there to its end; the parameters are those above. */
  public RedactedBody read(CapturedBody body, int limit, List<CapturedField> fields) {
    String mediaType = value(fields, "content-type");
    String coding = value(fields, "content-encoding");
    BodyText read = BodyText.of(body, mediaType, coding, limit + BodyCapture.MARGIN);
    if (read.why() != null) {
      return RedactedBody.part(
          body.bytes().length == 0 ? "" : "[left out: it is " + read.why() + "]");
    }
    String text = read.text();
    int end = read.isWhole() ? limit : Math.min(limit, Math.max(0, text.length() - unclear()));
    if (end == 0 && !text.isEmpty()) {
      return RedactedBody.part(ENDED_EARLY);
    }
    Findings findings = new Findings(rules, text, read.isWhole(), detected);
    if (!rules.areNone()) {
      scan(findings, mediaType.strip().toLowerCase(Locale.ROOT), mediaType);
    }
    findings.search();
    String left = findings.result(end);
    boolean isWhole = read.isWhole() && findings.isReadable() && left.length() <= limit;
    return new RedactedBody(cut(left, limit), isWhole && end >= text.length());
  }

  /** Returns how much of the end of a text that was cut off could be a part of what is private. */
  private int unclear() {
    return rules.searched().isEmpty() ? 0 : BodyCapture.MARGIN;
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    boolean splits = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
    return text.substring(0, splits ? limit - 1 : limit);
  }

  private void scan(Findings findings, String type, String mediaType) {
    String text = findings.text();
    char first = firstCharacter(text);
    if (type.startsWith("multipart/")) {
      MultipartScanner.scan(findings, mediaType);
    } else if (type.contains("urlencoded")) {
      FormScanner.scan(findings, 0);
      if (first == '{' || first == '[' || first == '<') {
        findings.plainText();
      }
    } else if (first == '<') {
      XmlScanner.scan(findings);
    } else if (first == '{' || first == '[' || type.contains("json")) {
      JsonScanner.scan(findings);
    } else {
      findings.plainText();
    }
  }

  private static char firstCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return text.charAt(i);
      }
    }
    return 0;
  }

  private static String value(@Nullable List<CapturedField> fields, String name) {
    StringBuilder values = new StringBuilder();
    if (fields != null) {
      for (CapturedField field : fields) {
        if (field.name().equalsIgnoreCase(name)) {
          values.append(values.isEmpty() ? "" : ", ").append(field.value());
        }
      }
    }
    return values.toString();
  }
}

package dev.intermission.trafficlog.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Tells the values of a text of XML or HTML: what elements and attributes hold, by their names
 * without a prefix. It needs no end tags that match, and stops at what is no markup. A document
 * type could define what stands for something else, so what follows one is left out.
 */
final class XmlScanner {

  private static final String CDATA = "<![CDATA[";
  private static final String CDATA_END = "]]>";
  private static final String COMMENT = "<!--";
  private static final String COMMENT_END = "-->";

  private final Findings findings;
  private final String text;
  private int at;

  private XmlScanner(Findings findings) {
    this.findings = findings;
    text = findings.text();
  }

  static void scan(Findings findings) {
    new XmlScanner(findings).scan();
  }

  private void scan() {
    while (at >= 0 && at < text.length()) {
      int open = text.indexOf('<', at);
      if (open < 0) {
        content(at, text.length());
        return;
      }
      content(at, open);
      at = markup(open);
    }
  }

  private void content(int start, int end) {
    if (start < end) {
      findings.value(start, end, Unescaped.xml(text.substring(start, end)), Quoting.XML);
    }
  }

  /** Reads what begins there; returns what is behind it, or -1 if it can't be read. */
  private int markup(int open) {
    if (text.startsWith(COMMENT, open)) {
      return section(open, COMMENT, COMMENT_END);
    }
    if (text.startsWith(CDATA, open)) {
      return section(open, CDATA, CDATA_END);
    }
    if (text.startsWith("<?", open)) {
      return section(open, "<?", "?>");
    }
    if (text.startsWith("</", open)) {
      return closed(text.indexOf('>', open), 1, open);
    }
    if (open + 1 < text.length() && isNameStart(text.charAt(open + 1))) {
      return element(open);
    }
    return unreadable(open);
  }

  private int section(int open, String start, String end) {
    int close = text.indexOf(end, open + start.length());
    if (close < 0) {
      return unreadable(open);
    }
    String inside = text.substring(open + start.length(), close);
    findings.value(open + start.length(), close, inside, Quoting.NONE);
    return close + end.length();
  }

  private int closed(int close, int length, int open) {
    return close < 0 ? unreadable(open) : close + length;
  }

  private int unreadable(int from) {
    findings.unreadableFrom(from);
    return -1;
  }

  private int element(int open) {
    int nameEnd = nameEnd(open + 1);
    String name = local(text.substring(open + 1, nameEnd));
    int close = attributes(nameEnd);
    if (close < 0) {
      return unreadable(open);
    }
    Treatment treatment = findings.byName(name);
    boolean isEmpty = text.charAt(close - 1) == '/';
    if (treatment == null || isEmpty) {
      return close + 1;
    }
    int end = endOfContent(close + 1);
    String content = text.substring(close + 1, end);
    findings.hide(close + 1, end, plain(content), treatment, Quoting.XML);
    return end;
  }

  private static String plain(String content) {
    boolean isSection =
        content.startsWith(CDATA) && content.indexOf(CDATA_END) == content.length() - 3;
    return isSection
        ? content.substring(CDATA.length(), content.length() - CDATA_END.length())
        : Unescaped.xml(content);
  }

  /** Reads attributes; returns where the tag is closed, or -1. */
  private int attributes(int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '>') {
        return i;
      }
      if (!isNameStart(c)) {
        if (c == '<' || c == '"' || c == '\'' || c == '=') {
          return -1;
        }
        i++;
        continue;
      }
      int end = nameEnd(i);
      String name = local(text.substring(i, end));
      i = attribute(name, spaces(end));
      if (i < 0) {
        return -1;
      }
    }
    return -1;
  }

  /** Reads the value of an attribute, if it has one; returns what is behind it, or -1. */
  private int attribute(String name, int equals) {
    if (equals >= text.length() || text.charAt(equals) != '=') {
      return equals;
    }
    int start = spaces(equals + 1);
    if (start >= text.length() || (text.charAt(start) != '"' && text.charAt(start) != '\'')) {
      return -1;
    }
    int end = text.indexOf(text.charAt(start), start + 1);
    if (end < 0) {
      return -1;
    }
    String value = Unescaped.xml(text.substring(start + 1, end));
    Treatment treatment = findings.byName(name);
    if (treatment == null) {
      findings.value(start + 1, end, value, Quoting.XML);
    } else {
      findings.hide(start + 1, end, value, treatment, Quoting.XML);
    }
    return end + 1;
  }

  /** Returns where the content of an element ends: at its end tag, or with the text. */
  private int endOfContent(int from) {
    int depth = 0;
    int i = text.indexOf('<', from);
    while (i >= 0) {
      @Nullable String end =
          text.startsWith(CDATA, i) ? CDATA_END : text.startsWith(COMMENT, i) ? COMMENT_END : null;
      if (end != null) {
        i = text.indexOf(end, i);
      } else if (text.startsWith("</", i)) {
        if (depth == 0) {
          return i;
        }
        depth--;
      } else {
        int close = endOfTag(i);
        if (close > 0 && text.charAt(close - 1) != '/' && text.charAt(i + 1) != '?') {
          depth++;
        }
        i = close;
      }
      i = i < 0 ? -1 : text.indexOf('<', i + 1);
    }
    return text.length();
  }

  /** Returns where a tag is closed, or -1. */
  private int endOfTag(int open) {
    char quote = 0;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return i;
      }
    }
    return -1;
  }

  private int spaces(int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int nameEnd(int from) {
    int i = from;
    while (i < text.length() && isName(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_' || c == ':';
  }

  private static boolean isName(char c) {
    return isNameStart(c) || Character.isDigit(c) || c == '-' || c == '.';
  }

  private static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }
}

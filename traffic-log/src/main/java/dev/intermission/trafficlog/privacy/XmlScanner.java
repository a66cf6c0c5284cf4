package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.XmlMarkup.CDATA;
import static dev.intermission.trafficlog.privacy.XmlMarkup.CDATA_END;
import static dev.intermission.trafficlog.privacy.XmlMarkup.COMMENT;
import static dev.intermission.trafficlog.privacy.XmlMarkup.COMMENT_END;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells the values of a text of XML: what elements and attributes hold, by their names without a
 * prefix. It stops at what is no markup, and where an end tag has no start tag of its own, it takes
 * back the whole element in which that is. A document type could define what stands for something
 * else, so what follows one is left out.
 */
final class XmlScanner {

  private final Findings findings;
  private final String text;
  private final XmlMarkup markup;
  private final Deque<Open> elements = new ArrayDeque<>();

  /** An element whose end tag has not come yet. */
  private record Open(String name, int start) {}

  private XmlScanner(Findings findings) {
    this.findings = findings;
    text = findings.text();
    markup = new XmlMarkup(text);
  }

  static void scan(Findings findings) {
    new XmlScanner(findings).scan();
  }

  private void scan() {
    int at = 0;
    while (at >= 0 && at < text.length()) {
      int open = text.indexOf('<', at);
      content(at, open < 0 ? text.length() : open);
      at = open < 0 ? -1 : markup(open);
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
      return endTag(open);
    }
    if (open + 1 < text.length() && XmlMarkup.isNameStart(text.charAt(open + 1))) {
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

  private int unreadable(int from) {
    findings.unreadableFrom(from);
    return -1;
  }

  private int endTag(int open) {
    int close = text.indexOf('>', open);
    if (close < 0) {
      return unreadable(open);
    }
    Open last = elements.poll();
    if (last == null) {
      return unreadable(0);
    }
    return last.name.equals(markup.name(open + 2)) ? close + 1 : unreadable(last.start);
  }

  private int element(int open) {
    String name = markup.name(open + 1);
    int close = attributes(markup.nameEnd(open + 1));
    if (close < 0) {
      return unreadable(open);
    }
    Treatment treatment = findings.byName(XmlMarkup.local(name));
    if (text.charAt(close - 1) == '/') {
      return close + 1;
    }
    elements.push(new Open(name, open));
    if (treatment == null) {
      return close + 1;
    }
    int end = markup.endOfContent(name, close + 1);
    findings.hide(close + 1, end, plain(text.substring(close + 1, end)), treatment, Quoting.XML);
    return end;
  }

  private static String plain(String content) {
    boolean isSection =
        content.startsWith(CDATA)
            && content.indexOf(CDATA_END) == content.length() - CDATA_END.length();
    return isSection
        ? content.substring(CDATA.length(), content.length() - CDATA_END.length())
        : Unescaped.xml(content);
  }

  /** Reads attributes; returns where the tag is closed, or -1. */
  private int attributes(int from) {
    int i = from;
    while (i >= 0 && i < text.length()) {
      char c = text.charAt(i);
      if (c == '>') {
        return i;
      }
      if (XmlMarkup.isNameStart(c)) {
        int end = markup.nameEnd(i);
        i = attribute(XmlMarkup.local(text.substring(i, end)), markup.spaces(end));
      } else {
        i = Character.isWhitespace(c) || c == '/' || c == '?' ? i + 1 : -1;
      }
    }
    return -1;
  }

  /** Reads the value of an attribute, if it has one; returns what is behind it, or -1. */
  private int attribute(String name, int equals) {
    if (equals >= text.length() || text.charAt(equals) != '=') {
      return equals;
    }
    int start = markup.spaces(equals + 1);
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
}

package dev.intermission.trafficlog.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Finds its way through a text of XML.
 *
 * @param text the whole text; places are the indexes of its characters
 */
record XmlMarkup(String text) {

  static final String CDATA = "<![CDATA[";
  static final String CDATA_END = "]]>";
  static final String COMMENT = "<!--";
  static final String COMMENT_END = "-->";

  /** Returns where the spaces end that begin there. */
  int spaces(int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Returns where the name ends that begins there. */
  int nameEnd(int from) {
    int i = from;
    while (i < text.length() && isName(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Returns the name that begins there, with its prefix. */
  String name(int from) {
    return text.substring(from, nameEnd(from));
  }

  /** Returns a name without its prefix. */
  static String local(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_' || c == ':';
  }

  private static boolean isName(char c) {
    return isNameStart(c) || Character.isDigit(c) || c == '-' || c == '.';
  }

  /**
   * Returns where the content of an element ends: at its end tag, or with the text if what comes
   * where its end tag should be is another one.
   */
  int endOfContent(String name, int from) {
    int depth = 0;
    int i = text.indexOf('<', from);
    while (i >= 0) {
      @Nullable String end =
          text.startsWith(CDATA, i) ? CDATA_END : text.startsWith(COMMENT, i) ? COMMENT_END : null;
      if (end != null) {
        i = text.indexOf(end, i);
      } else if (text.startsWith("</", i)) {
        if (depth == 0) {
          return name(i + 2).equals(name) ? i : text.length();
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
}

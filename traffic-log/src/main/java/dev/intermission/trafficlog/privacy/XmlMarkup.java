package dev.intermission.trafficlog.privacy;

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
   * where its end tag should be is another one, or if there is markup that can't be read.
   */
  int endOfContent(String name, int from) {
    int depth = 0;
    int i = text.indexOf('<', from);
    while (i >= 0) {
      if (text.startsWith("</", i)) {
        if (depth == 0) {
          return name(i + 2).equals(name) ? i : text.length();
        }
        depth--;
        i++;
      } else {
        int close = close(i);
        boolean isStart = XmlMarkup.isNameStart(text.charAt(Math.min(i + 1, text.length() - 1)));
        depth += isStart && close > 0 && text.charAt(close - 2) != '/' ? 1 : 0;
        i = close;
      }
      i = i < 0 ? -1 : text.indexOf('<', i);
    }
    return text.length();
  }

  /** Returns what is behind the markup that begins there, or -1 if that can't be read. */
  private int close(int open) {
    if (text.startsWith(CDATA, open)) {
      return behind(CDATA_END, open + CDATA.length());
    }
    if (text.startsWith(COMMENT, open)) {
      return behind(COMMENT_END, open + COMMENT.length());
    }
    if (text.startsWith("<?", open)) {
      return behind("?>", open + 2);
    }
    return text.startsWith("<!", open) ? -1 : behindTag(open);
  }

  private int behind(String end, int from) {
    int at = text.indexOf(end, from);
    return at < 0 ? -1 : at + end.length();
  }

  /** Returns what is behind a tag, or -1; a quotation mark is only where a value begins or ends. */
  private int behindTag(int open) {
    char quote = 0;
    char before = 0;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        if (before != '=') {
          return -1;
        }
        quote = c;
      } else if (c == '>') {
        return i + 1;
      } else if (c == '<') {
        return -1;
      }
      before = Character.isWhitespace(c) ? before : c;
    }
    return -1;
  }
}

package dev.intermission.trafficlog.privacy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** How a text is written where a value was, so that what is around it can still be read. */
enum Quoting {
  /** As it is. */
  NONE {
    @Override
    String of(String text) {
      return text;
    }
  },
  /** As a text of JSON, with its quotation marks. */
  JSON {
    @Override
    String of(String text) {
      return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
  },
  /** As a text or an attribute of XML. */
  XML {
    @Override
    String of(String text) {
      return text.replace("&", "&amp;")
          .replace("<", "&lt;")
          .replace(">", "&gt;")
          .replace("\"", "&quot;")
          .replace("'", "&apos;");
    }
  },
  /** As a value of a form or query; the asterisk stays. */
  FORM {
    @Override
    String of(String text) {
      StringBuilder encoded = new StringBuilder(text.length());
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        if (isPlain(b)) {
          encoded.append((char) b);
        } else {
          encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
      }
      return encoded.toString();
    }
  };

  private static final String PLAIN = "*-._~@:";

  abstract String of(String text);

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > 0 && PLAIN.indexOf(b) >= 0);
  }
}

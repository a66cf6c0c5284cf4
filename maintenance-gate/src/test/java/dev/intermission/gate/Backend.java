package dev.intermission.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backend that takes each doubtful thing in one way, step by step and with no thought of speed:
 * it decodes, separates, drops parameters and empty segments, and resolves dot segments.
 */
record Backend(
    int decodes,
    boolean dotsBefore,
    boolean dotsAfter,
    boolean slash,
    boolean backslash,
    boolean encodedBackslash,
    boolean parameters,
    boolean encodedParameters,
    boolean merges,
    boolean parametersFirst,
    Lenience lenience) {

  /** What it makes of escapes that are no UTF-8, and of decoded text that ends a URL. */
  enum Lenience {
    NONE,
    LONG_ESCAPES,
    OVERLONG,
    LATIN_1,
    DROPS_BYTES,
    URL_AGAIN
  }

  private static final Pattern ESCAPE = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
  private static final Pattern LONG_ESCAPE = Pattern.compile("%u00([0-9A-Fa-f]{2})");

  // What a decoded separator is written as, until it is known what it is taken for.
  private static final String DECODED_SLASH = "\uE000";
  private static final String DECODED_BACKSLASH = "\uE001";
  private static final String DECODED_SEMICOLON = "\uE002";

  /** Returns every backend there is. */
  static List<Backend> all() {
    List<Backend> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << 9; bits++) {
      for (int decodes = 0; decodes <= 2; decodes++) {
        for (Lenience lenience : Lenience.values()) {
          all.add(
              new Backend(
                  decodes,
                  (bits & 1) != 0,
                  (bits & 2) != 0,
                  (bits & 4) != 0,
                  (bits & 8) != 0,
                  (bits & 16) != 0,
                  (bits & 32) != 0,
                  (bits & 64) != 0,
                  (bits & 128) != 0,
                  (bits & 256) != 0,
                  lenience));
        }
      }
    }
    return all;
  }

  /** Returns the segments of the path as this backend reads it. */
  List<String> segments(String rawPath) {
    String path = rawPath.substring(1);
    if (backslash) {
      path = path.replace('\\', '/');
    }
    if (parametersFirst) {
      path = String.join("/", withoutParameters(split(path)));
    }
    if (dotsBefore) {
      path = String.join("/", resolved(split(path)));
    }
    for (int i = 0; i < decodes; i++) {
      path = decode(path);
    }
    path = path.replace(DECODED_SLASH, slash ? "/" : "%2F");
    path = path.replace(DECODED_BACKSLASH, encodedBackslash ? "/" : "\\");
    path = path.replace(DECODED_SEMICOLON, encodedParameters ? ";" : "%3B");
    if (lenience == Lenience.URL_AGAIN) {
      path = path.replaceFirst("(?s)[?#\0].*", "");
    }
    List<String> segments = split(path);
    if (parameters) {
      segments = withoutParameters(segments);
    }
    if (merges) {
      segments = segments.stream().filter(segment -> !segment.isEmpty()).toList();
    }
    return dotsAfter ? resolved(segments) : segments;
  }

  private static List<String> withoutParameters(List<String> segments) {
    return segments.stream().map(segment -> segment.replaceFirst("(?s);.*", "")).toList();
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }

  private static List<String> resolved(List<String> segments) {
    List<String> kept = new ArrayList<>();
    for (String segment : segments) {
      if (segment.equals("..")) {
        kept.subList(Math.max(0, kept.size() - 1), kept.size()).clear();
      } else if (!segment.equals(".")) {
        kept.add(segment);
      }
    }
    return kept;
  }

  private String decode(String path) {
    String text = path;
    if (lenience == Lenience.LONG_ESCAPES) {
      text = LONG_ESCAPE.matcher(text).replaceAll("%$1");
    }
    if (lenience == Lenience.OVERLONG) {
      text = text.replaceAll("(?i)%c0%ae", ".").replaceAll("(?i)%c0%af", DECODED_SLASH);
    }
    return ESCAPE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(octets(m.group())));
  }

  private String octets(String escapes) {
    byte[] bytes = new byte[escapes.length() / 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(escapes.substring(3 * i + 1, 3 * i + 3), 16);
    }
    Charset charset = lenience == Lenience.LATIN_1 ? ISO_8859_1 : UTF_8;
    String text = new String(bytes, charset);
    if (lenience == Lenience.DROPS_BYTES) {
      text = text.replace("\uFFFD", "");
    }
    return text.replace("/", DECODED_SLASH)
        .replace("\\", DECODED_BACKSLASH)
        .replace(";", DECODED_SEMICOLON);
  }
}

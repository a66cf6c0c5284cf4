package dev.intermission.gateway.client.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with coloured parts. The sequences that switch colours are made when it is shown; nothing
 * in the text itself can be one (see {@link HarmlessText}).
 */
public final class StyledText {

  private static final String PLAIN = "\u001b[0m";

  private final List<Part> parts;

  private StyledText(List<Part> parts) {
    this.parts = parts;
  }

  /** The colours of states. */
  public enum Colour {
    /** Closed. */
    RED(31),
    /** Open. */
    GREEN(32),
    /** Needs a look. */
    YELLOW(33);

    private final int code;

    Colour(int code) {
      this.code = code;
    }
  }

  private record Part(String text, @Nullable Colour colour) {}

  /** Returns a text without colours; it may have several lines. */
  public static StyledText of(String text) {
    return new StyledText(List.of(new Part(HarmlessText.lines(text), null)));
  }

  /** Returns a text in a colour. */
  public static StyledText of(Colour colour, String text) {
    return new StyledText(List.of(new Part(HarmlessText.lines(text), colour)));
  }

  /** Returns this with more behind it. */
  public StyledText plus(String more) {
    return plus(of(more));
  }

  /** Returns this with more behind it. */
  public StyledText plus(StyledText more) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(more.parts);
    return new StyledText(List.copyOf(all));
  }

  /** Returns these with a text between each two. */
  public static StyledText joined(String between, List<StyledText> texts) {
    StyledText all = of("");
    for (int i = 0; i < texts.size(); i++) {
      all = (i == 0 ? all : all.plus(between)).plus(texts.get(i));
    }
    return all;
  }

  /** Returns this in one line. */
  StyledText inOneLine() {
    return new StyledText(
        parts.stream().map(part -> new Part(HarmlessText.line(part.text), part.colour)).toList());
  }

  /** Returns how many columns it takes, in one line. */
  int width() {
    return parts.stream().mapToInt(part -> width(part.text)).sum();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns what of it fits into so many columns. */
  StyledText cut(int columns) {
    List<Part> fitting = new ArrayList<>();
    int left = columns;
    for (Part part : parts) {
      int taken = Math.min(left, width(part.text));
      fitting.add(
          new Part(part.text.substring(0, part.text.offsetByCodePoints(0, taken)), part.colour));
      left -= taken;
    }
    return new StyledText(List.copyOf(fitting));
  }

  /** Returns it as it is written, with or without its colours. */
  String shown(boolean colours) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part.colour == null || !colours || part.text.isEmpty()) {
        text.append(part.text);
      } else {
        text.append("\u001b[").append(part.colour.code).append('m').append(part.text).append(PLAIN);
      }
    }
    return text.toString();
  }

  /** Returns it without colours. */
  @Override
  public String toString() {
    return shown(false);
  }
}

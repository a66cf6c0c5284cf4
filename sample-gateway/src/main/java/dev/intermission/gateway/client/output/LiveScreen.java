package dev.intermission.gateway.client.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A picture on a terminal that is drawn again and again, and never larger than the terminal. */
public final class LiveScreen {

  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String END_OF_SCREEN = "\u001b[J";

  private final Screen screen;
  private final Output output;
  private final Map<String, String> environment;
  private boolean drawn;

  /** A number of lines and columns. */
  private record Size(int lines, int columns) {}

  /**
   * Makes it.
   *
   * @param output knows whether there are colours
   * @param environment the variables of the process; {@code LINES} and {@code COLUMNS} count where
   *     the terminal does not say its size
   */
  public LiveScreen(Screen screen, Output output, Map<String, String> environment) {
    this.screen = screen;
    this.output = output;
    this.environment = Map.copyOf(environment);
  }

  /** Draws these lines over the former ones; what does not fit is cut, and counted. */
  public void draw(List<StyledText> picture) {
    Size size = size();
    List<StyledText> fitting = new ArrayList<>(picture);
    if (picture.size() >= size.lines()) {
      int shown = Math.max(1, size.lines() - 2);
      fitting = new ArrayList<>(picture.subList(0, shown));
      fitting.add(StyledText.of((picture.size() - shown) + " more lines do not fit"));
    }
    StringBuilder text = new StringBuilder(drawn ? HOME : HOME + END_OF_SCREEN);
    for (StyledText line : fitting) {
      text.append(output.shown(line.inOneLine().cut(size.columns())))
          .append(END_OF_LINE)
          .append('\n');
    }
    screen.out().print(text.append(END_OF_SCREEN));
    screen.out().flush();
    drawn = true;
  }

  /** Asks the terminal each time, since it may have been resized. */
  private Size size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] words =
          new String(stty.getInputStream().readAllBytes(), UTF_8).strip().split(" ", -1);
      if (words.length == 2 && number(words[0], 0) > 0 && number(words[1], 0) > 0) {
        return new Size(number(words[0], 0), number(words[1], 0));
      }
    } catch (IOException e) {
      // No stty, or no terminal of its own: the usual size does.
      return usual();
    }
    return usual();
  }

  private Size usual() {
    return new Size(
        number(environment.getOrDefault("LINES", ""), 24),
        number(environment.getOrDefault("COLUMNS", ""), 80));
  }

  private static int number(String text, int otherwise) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : otherwise;
  }
}

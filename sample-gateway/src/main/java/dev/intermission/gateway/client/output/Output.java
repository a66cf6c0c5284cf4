package dev.intermission.gateway.client.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Writes what a command has to tell: its result to standard output, as text or as one JSON object,
 * and all else to standard error. Safe for several threads.
 */
public final class Output {

  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Screen screen;
  private final boolean json;
  private final boolean quiet;
  private final boolean colours;
  private boolean passing;

  /**
   * Makes an output.
   *
   * @param json whether the result is a JSON object
   * @param quiet whether nothing but warnings, failures and a JSON object are written
   * @param environment the variables of the process
   */
  public Output(Screen screen, boolean json, boolean quiet, Map<String, String> environment) {
    this.screen = screen;
    this.json = json;
    this.quiet = quiet;
    colours =
        screen.terminal()
            && !json
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
  }

  /** Writes lines of the result for people. */
  public synchronized void say(String text) {
    if (!json && !quiet) {
      endPassing();
      screen.out().println(text);
    }
  }

  /** Writes a line of the result that can't be had again, so that it is written in any case. */
  public synchronized void result(String text) {
    if (!json) {
      endPassing();
      screen.out().println(text);
    }
  }

  /** Writes the result for programs, if they asked for it. */
  public void object(JsonNode result) {
    if (json) {
      screen.out().println(result);
    }
  }

  /** Writes a line about how far the command is. */
  public synchronized void progress(String line) {
    if (!quiet) {
      endPassing();
      screen.err().println(line);
    }
  }

  /** Shows a line that the next one replaces, on a terminal; elsewhere it is left out. */
  public synchronized void passing(String line) {
    if (!quiet && !json && screen.terminal()) {
      screen.err().print(CLEAR_LINE + line);
      screen.err().flush();
      passing = true;
    }
  }

  /** Writes a warning. */
  public synchronized void warn(String line) {
    endPassing();
    screen.err().println(line);
  }

  private void endPassing() {
    if (passing) {
      screen.err().print(CLEAR_LINE);
      screen.err().flush();
      passing = false;
    }
  }

  /** Returns the text in a colour, where there are colours. */
  public String coloured(Colour colour, String text) {
    return colours ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
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
}

package dev.intermission.gateway.client.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Writes what a command has to tell: its result to standard output, as text or as one JSON object,
 * and all else to standard error. What it writes is made harmless for a terminal, whoever wrote it
 * (see {@link HarmlessText}). Safe for several threads.
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
  public void say(String text) {
    say(StyledText.of(text));
  }

  /** Writes lines of the result for people. */
  public synchronized void say(StyledText text) {
    if (!json && !quiet) {
      endPassing();
      screen.out().println(shown(text));
    }
  }

  /** Writes a line of the result that can't be had again, so that it is written in any case. */
  public synchronized void result(String text) {
    if (!json) {
      endPassing();
      screen.out().println(HarmlessText.lines(text));
    }
  }

  /** Writes the result for programs, if they asked for it. */
  public synchronized void object(JsonNode result) {
    if (json) {
      screen.out().println(HarmlessText.escaped(result.toString()));
    }
  }

  /** Writes a line about how far the command is. */
  public synchronized void progress(String line) {
    if (!quiet) {
      endPassing();
      screen.err().println(HarmlessText.lines(line));
    }
  }

  /** Shows a line that the next one replaces, on a terminal; elsewhere it is left out. */
  public synchronized void passing(String line) {
    if (!quiet && !json && screen.terminal()) {
      screen.err().print(CLEAR_LINE + HarmlessText.line(line));
      screen.err().flush();
      passing = true;
    }
  }

  /** Tells whether nobody reads the result any more, such as a pipe that was closed. */
  public synchronized boolean isLost() {
    return screen.out().checkError();
  }

  /** Writes a warning. */
  public synchronized void warn(String line) {
    endPassing();
    screen.err().println(HarmlessText.lines(line));
  }

  /** Writes the warnings of an answer (contract section 2). */
  public void warnings(JsonNode warnings) {
    for (JsonNode warning : warnings) {
      warn(HarmlessText.line("Warning: " + warning.path("message").asText()));
    }
  }

  private void endPassing() {
    if (passing) {
      screen.err().print(CLEAR_LINE);
      screen.err().flush();
      passing = false;
    }
  }

  /** Writes a question, behind which the operator types. */
  public synchronized void ask(String question) {
    endPassing();
    screen.err().print(HarmlessText.lines(question));
    screen.err().flush();
  }

  /** Returns a text as this output shows it, with its colours where there are colours. */
  String shown(StyledText text) {
    return text.shown(colours);
  }
}

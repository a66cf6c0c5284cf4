package dev.intermission.gateway.command;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The input and output of a command.
 *
 * @param in the input of the operator
 * @param out what the operator asked for
 * @param err what went wrong
 */
record Terminal(InputStream in, PrintStream out, PrintStream err) {

  /** Writes a line that the operator asked for. */
  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Writes a line about a failure, or other information that is not the result. */
  void tell(String line) {
    err.println(line);
    err.flush();
  }
}

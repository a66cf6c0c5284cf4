package dev.intermission.gateway.command;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads from and writes to.
 *
 * @param in what the operator hands in
 * @param out what the operator asked for
 * @param err what went wrong
 */
record Terminal(InputStream in, PrintStream out, PrintStream err) {

  /** Writes a line that the operator asked for. */
  void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Writes a line about what went wrong, or beside what was asked for. */
  void tell(String line) {
    err.println(line);
    err.flush();
  }
}

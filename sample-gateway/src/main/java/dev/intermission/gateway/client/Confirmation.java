package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.output.Screen;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Locale;
import java.util.Set;

/** Asks before more is changed than an operator may have thought of. */
final class Confirmation {

  private static final int SHOWN = 50;

  private final Session session;
  private final boolean yes;

  Confirmation(Session session, boolean yes) {
    this.session = session;
    this.yes = yes;
  }

  /**
   * Returns if the operator wants it.
   *
   * @param verb what is done, before the words "these APIs"
   * @throws CommandFailure if not, or if nobody can be asked
   */
  void ask(String verb, Set<ProxyName> proxies, Set<String> environments) {
    if (yes) {
      return;
    }
    Screen screen = session.client().screen();
    Output output = session.output();
    int count = proxies.size();
    if (!screen.terminal()) {
      throw new CommandFailure(
          Exit.USAGE,
          "This is about "
              + count
              + " APIs, and nobody can be asked here. Give --yes, or look at it first with --dry-run.");
    }
    proxies.stream()
        .limit(SHOWN)
        .map(ProxyName::toString)
        .forEach(name -> output.warn("  " + name));
    if (count > SHOWN) {
      output.warn("  and " + (count - SHOWN) + " more");
    }
    askOnTerminal(
        verb.substring(0, 1).toUpperCase(Locale.ROOT)
            + verb.substring(1)
            + " these "
            + count
            + " APIs"
            + (environments.isEmpty() ? "" : " in " + String.join(", ", environments))
            + "?");
  }

  /**
   * Returns if the operator wants it.
   *
   * @param why what is to be known before, in sentences
   * @param question what is asked then
   * @throws CommandFailure if not, or if nobody can be asked
   */
  void ask(String why, String question) {
    if (yes) {
      return;
    }
    if (!session.client().screen().terminal()) {
      throw new CommandFailure(
          Exit.USAGE, why + "\nNobody can be asked here. Give --yes to do it all the same.");
    }
    session.output().warn(why);
    askOnTerminal(question);
  }

  private void askOnTerminal(String question) {
    Screen screen = session.client().screen();
    session.output().ask(question + " [y/N] ");
    if (!answer(screen).matches("(?i)y|yes")) {
      throw new CommandFailure(Exit.FAILED, "Nothing was changed.");
    }
  }

  private static String answer(Screen screen) {
    try {
      String line = new BufferedReader(new InputStreamReader(screen.in(), UTF_8)).readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      throw new CommandFailure(Exit.FAILED, "The answer can't be read: " + e, e);
    }
  }
}

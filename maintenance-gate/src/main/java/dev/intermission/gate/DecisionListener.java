package dev.intermission.gate;

import org.jspecify.annotations.Nullable;

/**
 * Is told what a front decides of a request, if that was made with {@link
 * FrontOptions#tellingDecisions()}. A handler or filter before the front sets one as the request's
 * attribute {@link #ATTRIBUTE}; a guess from a snapshot of its own would be wrong where another one
 * is published meanwhile.
 */
@FunctionalInterface
public interface DecisionListener {

  /** The request attribute that holds it. */
  String ATTRIBUTE = "dev.intermission.decisionListener";

  /**
   * Takes the decision, on the thread of the request and before it is acted on. Must not block.
   *
   * @param by what decided
   */
  void decided(ServedSnapshot by, Decision decision);

  /**
   * Tells a listener, if there is one.
   *
   * @param attribute the value of {@link #ATTRIBUTE}, or null
   */
  static void tell(@Nullable Object attribute, ServedSnapshot by, Decision decision) {
    if (attribute instanceof DecisionListener listener) {
      listener.decided(by, decision);
    }
  }
}

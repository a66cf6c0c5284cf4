package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.Output;

/** Tells an operator who ends the process in the middle of a change what that means. */
final class InterruptionNotice {

  private final Thread atEnd;

  private InterruptionNotice(Output output) {
    atEnd =
        new Thread(
            () ->
                output.warn(
                    "It was interrupted. The change may be saved, and gateways may take it: 'intermission status' says what is in force."),
            "interruption-notice");
  }

  /** Begins to watch for the end of the process. */
  static InterruptionNotice begun(Output output) {
    InterruptionNotice notice = new InterruptionNotice(output);
    Runtime.getRuntime().addShutdownHook(notice.atEnd);
    return notice;
  }

  /** Forgets it: the change has an outcome. */
  void end() {
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // The process is ending already, and the notice is given.
      return;
    }
  }
}

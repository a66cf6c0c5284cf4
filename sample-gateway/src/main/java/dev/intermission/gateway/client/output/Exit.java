package dev.intermission.gateway.client.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a command ended, for scripts. */
public enum Exit {
  /** It is done on every live node. */
  DONE(0),
  /**
   * It was refused or failed; that goes for an API that is unknown or not unique, too, and for one
   * that is not closed in the end although it was to be closed at once.
   */
  FAILED(1),
  /** The command line is wrong. */
  USAGE(2),
  /** It is saved, but a live node has not taken it in time, or it was not drained in time. */
  BEHIND(3),
  /** There is no valid token, or its user may not do this. */
  DENIED(4),
  /** No admin node could be reached, or none could reach its store. */
  UNREACHABLE(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  /** Returns the beginning of a command's object for programs. */
  public ObjectNode result(String command) {
    return JsonNodeFactory.instance.objectNode().put("command", command).put("exitCode", code);
  }

  /** Returns the exit code of the process. */
  public int code() {
    return code;
  }
}

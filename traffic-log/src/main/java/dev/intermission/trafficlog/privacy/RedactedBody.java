package dev.intermission.trafficlog.privacy;

/**
 * A body without what is private.
 *
 * @param text what there is of it, or why there is nothing, in brackets
 * @param isWhole whether that is the body to its end
 */
public record RedactedBody(String text, boolean isWhole) {

  static RedactedBody part(String text) {
    return new RedactedBody(text, false);
  }
}

package dev.intermission.admin.http;

/**
 * Something that a call changed, in the words of the log.
 *
 * @param what what was done to what, such as {@code closed MyProject/MyAPI in production (503,
 *     revision 12)}
 * @param remark what else an operator has to know of it, or empty
 */
public record LoggedChange(String what, String remark) {

  /** Makes one that needs no remark. */
  public LoggedChange(String what) {
    this(what, "");
  }
}

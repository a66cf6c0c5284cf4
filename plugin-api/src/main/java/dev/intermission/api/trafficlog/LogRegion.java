package dev.intermission.api.trafficlog;

/** The four messages of an exchange: two of the client's side, two of the upstream's. */
public enum LogRegion {
  /** The request as the client sent it. */
  REQUEST_FROM_CLIENT("FromClient"),
  /** The request as it goes to the upstream. */
  REQUEST_TO_TARGET("ToTarget"),
  /** The response as the upstream sent it. */
  RESPONSE_FROM_TARGET("FromTarget"),
  /** The response as it goes to the client. */
  RESPONSE_TO_CLIENT("ToClient");

  private final String side;

  LogRegion(String side) {
    this.side = side;
  }

  /** Returns the name of the field that bounds the body by its number of characters. */
  public String sizeField() {
    return "sizeBody" + side;
  }

  /** Returns the name of the field that switches this bound on and off. */
  public String enableSizeField() {
    return "enableBody" + side + "Size";
  }
}

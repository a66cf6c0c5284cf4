package dev.intermission.api.trafficlog;

/** The groups of a record's fields that are no part of a message; each is logged by default. */
public enum LogMetadata {
  /** Who sent the request. */
  IDENTIFICATION("enableMetadataIdentification"),
  /** Which API it was for. */
  API_PROXY("enableMetadataApiProxy"),
  /** What was asked for. */
  REQUEST("enableMetadataRequest"),
  /** How it was answered. */
  RESPONSE("enableMetadataResponse"),
  /** How long it took, and how much was sent. */
  METRICS("enableMetrics"),
  /** Which upstream it was sent to. */
  SENT_ADDRESS("enableSentAddress");

  private final String field;

  LogMetadata(String field) {
    this.field = field;
  }

  /** Returns the name of its switch, as in {@code enableMetrics}. */
  public String field() {
    return field;
  }
}

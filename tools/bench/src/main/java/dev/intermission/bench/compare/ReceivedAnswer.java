package dev.intermission.bench.compare;

import java.nio.charset.StandardCharsets;

/** What every contender is to answer: a JSON body of 90 bytes. */
final class ReceivedAnswer {

  /** The status of a closed proxy. */
  static final int CLOSED = 503;

  static final String CONTENT_TYPE = "application/json; charset=utf-8";
  static final String MESSAGE = "This API is under maintenance until 6 p.m. by UTC.";
  static final String BODY = "{\"status\":503,\"message\":\"" + MESSAGE + "\",\"retry\":true}";

  private ReceivedAnswer() {}

  static byte[] bytes() {
    return BODY.getBytes(StandardCharsets.UTF_8);
  }
}

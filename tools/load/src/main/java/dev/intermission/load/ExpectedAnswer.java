package dev.intermission.load;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An expected answer; empty parts are not compared.
 *
 * @param contentType compared byte for byte
 * @param body compared as UTF-8
 */
record ExpectedAnswer(OptionalInt status, Optional<String> contentType, Optional<String> body) {

  /** Any answer is right. */
  static final ExpectedAnswer ANY =
      new ExpectedAnswer(OptionalInt.empty(), Optional.empty(), Optional.empty());

  static ExpectedAnswer of(int status, String contentType, String body) {
    return new ExpectedAnswer(OptionalInt.of(status), Optional.of(contentType), Optional.of(body));
  }

  byte[] bodyBytes() {
    return body.orElse("").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    status.ifPresent(value -> text.append(", status ").append(value));
    contentType.ifPresent(value -> text.append(", ").append(value));
    body.ifPresent(
        value -> text.append(", a body of ").append(bodyBytes().length).append(" bytes"));
    return text.isEmpty() ? "any answer" : text.substring(2);
  }
}

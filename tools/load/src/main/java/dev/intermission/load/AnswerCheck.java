package dev.intermission.load;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares one response with the expected answers while it arrives, without keeping it. Each part
 * of the response narrows a set of answers that still fit, kept as bits; the response is right if
 * one answer fits in all parts. For one response, and one thread at a time.
 */
final class AnswerCheck {

  private final Pattern[] patterns;
  private int fitStatus;
  private int fitType;
  private int fitBody;
  private long length;

  private AnswerCheck(Pattern[] patterns) {
    this.patterns = patterns;
    fitBody = (1 << patterns.length) - 1;
  }

  /** Takes the head of the response. */
  void head(int status, @Nullable String contentType) {
    for (int i = 0; i < patterns.length; i++) {
      fitStatus |= patterns[i].fitsStatus(status) ? 1 << i : 0;
      fitType |= patterns[i].fitsType(contentType) ? 1 << i : 0;
    }
  }

  /** Takes the next part of the body, and leaves its position as it was. */
  void content(ByteBuffer part) {
    for (int i = 0; i < patterns.length; i++) {
      if (!patterns[i].continuesAt(length, part)) {
        fitBody &= ~(1 << i);
      }
    }
    length += part.remaining();
  }

  /** Returns what is wrong with the complete response, or null if it is right. */
  @Nullable Failure failure() {
    for (int i = 0; i < patterns.length; i++) {
      if (!patterns[i].endsAt(length)) {
        fitBody &= ~(1 << i);
      }
    }
    if (fitStatus == 0) {
      return Failure.STATUS;
    }
    if (fitType == 0) {
      return Failure.CONTENT_TYPE;
    }
    if (fitBody == 0) {
      return Failure.BODY;
    }
    return (fitStatus & fitType & fitBody) == 0 ? Failure.MIXED : null;
  }

  /** Makes a check for each response. Thread-safe. */
  static final class Source {

    private final Pattern[] patterns;

    /**
     * @param right the answers that are right, 1 to 30
     */
    Source(List<ExpectedAnswer> right) {
      patterns = right.stream().map(Pattern::new).toArray(Pattern[]::new);
    }

    AnswerCheck next() {
      return new AnswerCheck(patterns);
    }
  }

  private static final class Pattern {

    private final int status;
    private final @Nullable String contentType;
    private final byte @Nullable [] body;

    Pattern(ExpectedAnswer answer) {
      status = answer.status().orElse(-1);
      contentType = answer.contentType().orElse(null);
      body = answer.body().isPresent() ? answer.bodyBytes() : null;
    }

    boolean fitsStatus(int other) {
      return status == -1 || status == other;
    }

    boolean fitsType(@Nullable String other) {
      return contentType == null || contentType.equals(other);
    }

    boolean continuesAt(long offset, ByteBuffer part) {
      if (body == null) {
        return true;
      }
      return offset + part.remaining() <= body.length
          && ByteBuffer.wrap(body, (int) offset, part.remaining()).equals(part);
    }

    boolean endsAt(long length) {
      return body == null || body.length == length;
    }
  }
}

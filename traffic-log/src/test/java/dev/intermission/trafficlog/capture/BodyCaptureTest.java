package dev.intermission.trafficlog.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyCaptureTest {

  private final CaptureMemory memory = new CaptureMemory(100_000);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bodyIsKeptAcrossItsPiecesAndTheirBuffersStayAsTheyAre() {
    BodyCapture body = new BodyCapture(10, memory);
    ByteBuffer piece = bytes("xabcx").position(1).limit(4);
    body.add(piece);
    body.add(bytes("d"));
    assertThat(piece.remaining()).isEqualTo(3);
    assertThat(body.body().isWhole()).isFalse();
    body.end();
    assertThat(body.body().bytes()).asString(StandardCharsets.UTF_8).isEqualTo("abcd");
    assertThat(body.body().isWhole()).isTrue();
    assertThat(body.total()).isEqualTo(4);
  }

  @Test
  void whatIsKeptIsToldWhenItHasGone() {
    BodyCapture body = new BodyCapture(10, memory);
    int first = body.keep(bytes("abc"));
    assertThat(body.body().bytes()).isEmpty();
    assertThat(body.body().length()).isZero();
    body.count(first, 3);
    body.keep(bytes("de"));
    assertThat(body.body().bytes()).asString(StandardCharsets.UTF_8).isEqualTo("abc");
    assertThat(body.body().length()).isEqualTo(3);
    assertThat(body.body().isWhole()).isFalse();
  }

  @Test
  void charactersAreCountedAndNotBytes() {
    String text = "\u00e9\u20ac\ud83d\ude00".repeat(2_000);
    BodyCapture body = new BodyCapture(1_904, memory);
    body.add(bytes(text));
    body.end();
    assertThat(body.body().bytes()).asString(StandardCharsets.UTF_8).isEqualTo(text);
    BodyCapture shorter = new BodyCapture(1_000, memory);
    shorter.add(bytes(text));
    shorter.end();
    String kept = new String(shorter.body().bytes(), StandardCharsets.UTF_8);
    assertThat(kept.codePointCount(0, kept.length())).isEqualTo(1_000 + BodyCapture.MARGIN);
    assertThat(text).startsWith(kept);
    assertThat(shorter.body().isWhole()).isFalse();
    assertThat(shorter.total()).isEqualTo(bytes(text).remaining());
  }

  @Test
  void nothingMoreIsKeptWhereTheMemoryIsUsedUpUntilItIsGivenBack() {
    CaptureMemory small = new CaptureMemory(1_000);
    BodyCapture first = new BodyCapture(5_000, small);
    first.add(bytes("a".repeat(3_000)));
    first.end();
    assertThat(first.body().bytes()).hasSize(512);
    assertThat(first.body().isWhole()).isFalse();
    assertThat(first.total()).isEqualTo(3_000);
    BodyCapture second = new BodyCapture(5_000, small);
    second.add(bytes("b"));
    assertThat(second.body().bytes()).isEmpty();
    first.release();
    BodyCapture third = new BodyCapture(5_000, small);
    third.add(bytes("c"));
    third.end();
    assertThat(third.body().isWhole()).isTrue();
  }
}

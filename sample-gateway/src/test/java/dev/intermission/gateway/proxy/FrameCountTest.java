package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames of every kind and length, cut into pieces anywhere. */
class FrameCountTest {

  private static final int ROUNDS = 500;
  private static final int FRAMES = 20;
  private static final int[] EDGES = {0, 1, 125, 126, 127, 65_535, 65_536, 70_000};

  @Test
  void endsOfFramesAreFound() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      List<Integer> ends = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        frame(sent, random, i == FRAMES - 1 ? 8 : random.nextInt(8));
        ends.add(sent.size());
      }
      assertThat(endsFound(ByteBuffer.wrap(sent.toByteArray()), random))
          .as("seed %d", seed)
          .isEqualTo(ends);
    }
  }

  /** Returns where the count stops between frames, for pieces of any length. */
  private static List<Integer> endsFound(ByteBuffer bytes, Random random) {
    FrameCount count = new FrameCount();
    List<Integer> found = new ArrayList<>();
    while (bytes.hasRemaining()) {
      assertThat(count.isClosed()).isFalse();
      ByteBuffer piece =
          bytes.slice(bytes.position(), 1 + random.nextInt(Math.min(bytes.remaining(), 9_000)));
      // The first byte lets a frame begin, where none has.
      int first = count.isBetweenFrames() ? 1 : 0;
      piece.limit(Math.max(first, piece.limit()));
      if (first == 1) {
        ByteBuffer one = piece.slice(0, 1);
        assertThat(count.count(one, false)).isEqualTo(1);
        piece.position(1);
      }
      int counted = first + count.count(piece, true);
      bytes.position(bytes.position() + counted);
      if (count.isBetweenFrames()) {
        found.add(bytes.position());
      }
    }
    assertThat(count.isClosed()).isTrue();
    return found;
  }

  private static void frame(ByteArrayOutputStream to, Random random, int opcode) {
    int length = random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(1_000);
    boolean masked = random.nextBoolean();
    int mask = masked ? 0x80 : 0;
    to.write((random.nextBoolean() ? 0x80 : 0) | opcode);
    if (length < 126) {
      to.write(mask | length);
    } else if (length < 1 << 16) {
      to.write(mask | 126);
      to.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      to.write(mask | 127);
      to.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    byte[] rest = new byte[length + (masked ? 4 : 0)];
    random.nextBytes(rest);
    to.writeBytes(rest);
  }
}

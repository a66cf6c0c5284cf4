package dev.intermission.gateway.proxy;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/** Sends many random bytes on a thread of its own, while the test reads them elsewhere. */
final class Pump implements AutoCloseable {

  private static final int PIECE = 64 << 10;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Long> sum;

  private Pump(Peer to, long seed, int size) {
    sum = thread.submit(() -> send(to, new Random(seed), size));
  }

  static Pump send(Peer to, long seed, int size) {
    return new Pump(to, seed, size);
  }

  private static long send(Peer to, Random random, int size) throws IOException {
    CRC32 sum = new CRC32();
    byte[] piece = new byte[PIECE];
    for (int sent = 0; sent < size; sent += PIECE) {
      random.nextBytes(piece);
      sum.update(piece);
      to.send(piece);
    }
    return sum.getValue();
  }

  /** Reads so many bytes and returns their checksum. */
  static long receive(Peer from, int size) throws IOException {
    CRC32 sum = new CRC32();
    for (int received = 0; received < size; received += PIECE) {
      sum.update(from.readBytes(PIECE));
    }
    return sum.getValue();
  }

  /** Waits for the end, and returns the checksum of what was sent. */
  long sum() throws InterruptedException, ExecutionException {
    return sum.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the other end was not closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

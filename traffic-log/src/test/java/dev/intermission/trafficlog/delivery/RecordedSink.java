package dev.intermission.trafficlog.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sink that a test holds up, and makes fail. */
final class RecordedSink implements Sink {

  final List<String> written = new CopyOnWriteArrayList<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  final AtomicInteger attempts = new AtomicInteger();
  volatile @Nullable IOException failure;
  volatile Predicate<List<String>> refused = records -> false;

  @Override
  public void write(List<byte[]> records) throws IOException, InterruptedException {
    gate.await();
    attempts.incrementAndGet();
    IOException present = failure;
    if (present != null) {
      throw present;
    }
    List<String> texts =
        records.stream().map(record -> new String(record, StandardCharsets.UTF_8)).toList();
    if (refused.test(texts)) {
      throw new RefusedException("refused");
    }
    written.addAll(texts);
  }

  @Override
  public void close() {}
}

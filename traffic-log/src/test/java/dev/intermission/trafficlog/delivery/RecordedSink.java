package dev.intermission.trafficlog.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A sink that a test holds up, and makes fail. */
final class RecordedSink implements Sink {

  final List<String> written = new CopyOnWriteArrayList<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile @Nullable IOException failure;

  @Override
  public void write(List<byte[]> records) throws IOException, InterruptedException {
    gate.await();
    IOException present = failure;
    if (present != null) {
      throw present;
    }
    records.forEach(record -> written.add(new String(record, StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {}
}

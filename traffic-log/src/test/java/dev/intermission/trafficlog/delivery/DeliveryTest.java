package dev.intermission.trafficlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.trafficlog.record.RecordForm;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final RecordedSink sink = new RecordedSink();
  private final Delivery delivery = new Delivery("test", sink);

  @AfterEach
  void close() {
    sink.failure = null;
    sink.gate.countDown();
    delivery.close();
  }

  private void offer(String path) {
    delivery.offer(Exchanges.of(path), RecordForm.LINE);
  }

  @Test
  void recordsAreDeliveredInTheirOrder() {
    offer("/1");
    offer("/2");
    await().atMost(LONG).until(() -> sink.written.size() == 2);
    assertThat(sink.written.get(0))
        .isEqualTo(
            "{\"@timestamp\":\"2026-11-26T10:00:00Z\",\"aci\":\"id\",\"ei\":\"production\",\"pi\":\"P\",\"apn\":\"A\",\"aprp\":\"/a\","
                + "\"hr1ra\":\"127.0.0.1\",\"hr1hm\":\"GET\",\"hr1pi\":\"/1\",\"hr1p\":\"HTTP/1.1\",\"hr1sn\":\"host\","
                + "\"sc\":200,\"rt\":\"SUCCESS\",\"ra\":\"http://up:1/a\",\"trt\":4,\"tapt\":7,\"sr1t\":0,\"sr2t\":2}");
    assertThat(sink.written.get(1)).contains("\"hr1pi\":\"/2\"");
    await().atMost(LONG).until(() -> delivery.delivered() == 2 && delivery.waiting() == 0);
  }

  @Test
  void sinkThatIsStuckKeepsNobodyWaitingAndWhatIsTooMuchIsDroppedAndCounted() {
    sink.gate = new CountDownLatch(1);
    int more = 700;
    for (int i = 0; i < Delivery.MAX_RECORDS + more; i++) {
      offer("/" + i);
    }
    assertThat(delivery.waiting()).isEqualTo(Delivery.MAX_RECORDS);
    assertThat(delivery.dropped()).isEqualTo(more);
    sink.gate.countDown();
    await().atMost(LONG).until(() -> delivery.waiting() == 0);
    assertThat(sink.written).hasSize(Delivery.MAX_RECORDS);
    assertThat(delivery.delivered()).isEqualTo(sink.written.size());
    offer("/last");
    await().atMost(LONG).until(() -> sink.written.get(sink.written.size() - 1).contains("/last"));
  }

  @Test
  void memoryOfWhatWaitsIsBounded() {
    sink.gate = new CountDownLatch(1);
    String path = "/" + "x".repeat(1 << 20);
    for (int i = 0; i < 100; i++) {
      offer(path);
    }
    assertThat(delivery.waiting()).isBetween(30, 32);
    assertThat(delivery.dropped()).isEqualTo(100 - delivery.waiting());
  }

  @Test
  void recordsThatCantBeWrittenAreWrittenWhenTheyCan() {
    sink.failure = new IOException("gone");
    offer("/1");
    offer("/2");
    await().atMost(LONG).until(() -> delivery.waiting() == 2);
    sink.failure = null;
    await().atMost(LONG).until(() -> delivery.delivered() == 2);
    assertThat(sink.written).hasSize(2);
    assertThat(delivery.dropped()).isZero();
  }

  @Test
  void recordsThatAreRefusedAreDroppedAndCountedAndTheNextOnesGo() {
    sink.failure = new RefusedException("no");
    offer("/1");
    await().atMost(LONG).until(() -> delivery.dropped() == 1);
    sink.failure = null;
    offer("/2");
    await().atMost(LONG).until(() -> sink.written.size() == 1);
    assertThat(delivery.waiting()).isZero();
  }

  @Test
  void whatWaitsIsDeliveredAtTheEnd() {
    for (int i = 0; i < 2_000; i++) {
      offer("/" + i);
    }
    delivery.close();
    assertThat(sink.written).hasSize(2_000);
  }
}

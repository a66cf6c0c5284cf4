package dev.intermission.trafficlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.runtime.Backoff;
import dev.intermission.trafficlog.capture.CapturedField;
import dev.intermission.trafficlog.record.RecordForm;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final RecordedSink sink = new RecordedSink();
  private final Delivery delivery =
      new Delivery("test", sink, new Backoff(Duration.ofMillis(1), Duration.ofMillis(100)), LONG);

  @AfterEach
  void close() {
    sink.failure = null;
    sink.refused = records -> false;
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

  @Test
  void recordsBesideOneThatIsRefusedGoInTheirOrder() {
    sink.refused = records -> records.toString().contains("/bad");
    sink.gate = new CountDownLatch(1);
    for (int i = 0; i < 1_000; i++) {
      offer(i % 300 == 7 ? "/bad" : "/" + i);
    }
    sink.gate.countDown();
    await().atMost(LONG).until(() -> delivery.waiting() == 0);
    assertThat(delivery.dropped()).isEqualTo(4);
    assertThat(delivery.delivered()).isEqualTo(996);
    List<Integer> written =
        sink.written.stream()
            .map(record -> Integer.valueOf(record.replaceAll(".*\"hr1pi\":\"/([0-9]+)\".*", "$1")))
            .toList();
    assertThat(written).hasSize(996).isSorted();
  }

  @Test
  void recordsThatAreTooManyAtOnceGoInSmallerBatches() {
    sink.refused = records -> records.size() > 3;
    for (int i = 0; i < 1_000; i++) {
      offer("/" + i);
    }
    await().atMost(LONG).until(() -> delivery.waiting() == 0);
    assertThat(delivery.dropped()).isZero();
    assertThat(sink.written).hasSize(1_000);
  }

  @Test
  void recordThatFailsWithAnErrorIsDroppedAndCountedAndTheOthersGo() {
    offer("/1");
    await().atMost(LONG).until(() -> sink.written.size() == 1);
    for (Error error : List.of(new StackOverflowError("no"), new LinkageError("no"))) {
      AtomicBoolean isCounted = new AtomicBoolean();
      List<CapturedField> fields =
          new AbstractList<>() {
            @Override
            public CapturedField get(int index) {
              if (isCounted.getAndSet(true)) {
                throw error;
              }
              return new CapturedField("A", "b");
            }

            @Override
            public int size() {
              return 1;
            }
          };
      delivery.offer(Exchanges.with("/2", fields), Exchanges.FIELDS);
    }
    offer("/3");
    await().atMost(LONG).until(() -> sink.written.size() == 2);
    await().atMost(LONG).until(() -> delivery.waiting() == 0);
    assertThat(delivery.dropped()).isEqualTo(2);
    assertThat(delivery.delivered()).isEqualTo(2);
  }

  @Test
  void pauseAfterAFailureEndsWithTheDelivery() {
    RecordedSink failing = new RecordedSink();
    failing.failure = new IOException("gone");
    Duration hour = Duration.ofHours(1);
    Delivery pausing = new Delivery("pausing", failing, new Backoff(hour, hour), LONG);
    pausing.offer(Exchanges.of("/1"), RecordForm.LINE);
    await().atMost(LONG).until(() -> failing.attempts.get() == 1);
    failing.failure = null;
    pausing.close();
    assertThat(failing.written).hasSize(1);
    assertThat(pausing.dropped()).isZero();
  }

  @Test
  void whatIsLeftAtTheEndIsDroppedAndCounted() {
    RecordedSink failing = new RecordedSink();
    failing.failure = new IOException("gone");
    Duration hour = Duration.ofHours(1);
    Delivery pausing =
        new Delivery("pausing", failing, new Backoff(hour, hour), Duration.ofMillis(100));
    for (int i = 0; i < 700; i++) {
      pausing.offer(Exchanges.of("/" + i), RecordForm.LINE);
    }
    pausing.close();
    assertThat(pausing.dropped()).isEqualTo(700);
    assertThat(pausing.waiting()).isZero();
    pausing.offer(Exchanges.of("/late"), RecordForm.LINE);
    assertThat(pausing.dropped()).isEqualTo(701);
  }
}

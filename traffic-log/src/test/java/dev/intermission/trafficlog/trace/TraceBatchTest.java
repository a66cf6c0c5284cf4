package dev.intermission.trafficlog.trace;

import static dev.intermission.trafficlog.trace.TracedExchange.PROXY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ProxyParts;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class TraceBatchTest {

  private final TracedProxy proxy =
      new TracedProxy(
          Objects.requireNonNull(TracedExchange.snapshot(1, ProxyParts.NONE).proxies().get(PROXY)),
          new LongAdder());
  private final TraceBatch batch = new TraceBatch();

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      TraceRecord record =
          TraceWriter.write(TracedExchange.of("/a"), PROXY, PrivacyRules.of(List.of(), null));
      batch.add(TraceBatch.Ready.of(record, proxy));
    }
  }

  @Test
  void thoseOfARefusedReportGoOneByOneAndTheOnesBehindThemTogether() {
    add(3);
    assertThat(batch.splits()).isTrue();
    for (int i = 0; i < 3; i++) {
      add(4);
      assertThat(batch.splits()).isFalse();
      assertThat(batch.removeNext()).hasSize(1);
    }
    assertThat(batch.next()).hasSize(12);
  }
}

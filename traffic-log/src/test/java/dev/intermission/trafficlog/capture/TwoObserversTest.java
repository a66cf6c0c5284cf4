package dev.intermission.trafficlog.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TwoObserversTest {

  private static final CaptureWish ALL = CaptureWish.ofAll(65_536);

  /** Wants something of each request, and keeps what it is told. */
  private record Wishing(CaptureWish wish, List<CapturedExchange> told)
      implements ExchangeObserver, Observation {

    Wishing(CaptureWish wish) {
      this(wish, new ArrayList<>());
    }

    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public @Nullable Observation begin(@Nullable ProxyId proxy, String method) {
      return this;
    }

    @Override
    public void finished(CapturedExchange exchange) {
      told.add(exchange);
    }
  }

  private static CapturedMessage message(CaptureWish wish, LogRegion region) {
    BodyCapture body =
        new BodyCapture(wish.characters(region), new CaptureMemory(CaptureMemory.DEFAULT_BYTES));
    body.add(ByteBuffer.wrap("\u00e9".repeat(50_000).getBytes(StandardCharsets.UTF_8)));
    body.end();
    boolean isRequest =
        region == LogRegion.REQUEST_FROM_CLIENT || region == LogRegion.REQUEST_TO_TARGET;
    return new CapturedMessage(
        isRequest ? "q=1" : null, List.of(new CapturedField("A", "b")), body.body());
  }

  private static CapturedExchange exchange(CaptureWish wish) {
    return new CapturedExchange(
        Instant.EPOCH,
        "id",
        "e",
        new ProxyId("P", "A"),
        "/a",
        "GET",
        "/a",
        "HTTP/1.1",
        "host",
        "127.0.0.1",
        Outcome.SUCCESS,
        null,
        null,
        200,
        "http://up:1/a",
        200,
        message(wish, LogRegion.REQUEST_FROM_CLIENT),
        message(wish, LogRegion.REQUEST_TO_TARGET),
        message(wish, LogRegion.RESPONSE_FROM_TARGET),
        message(wish, LogRegion.RESPONSE_TO_CLIENT),
        0,
        0,
        new CapturedTimes(CapturedTimes.NEVER, 0, 0, 0, 0));
  }

  private static CapturedExchange toldTo(CaptureWish wish) {
    Wishing log = new Wishing(wish);
    Wishing trace = new Wishing(ALL);
    Observation both =
        Objects.requireNonNull(new TwoObservers(log, trace).begin(new ProxyId("P", "A"), "GET"));
    both.finished(exchange(ALL));
    assertThat(trace.told()).hasSize(1);
    assertThat(trace.told().get(0).size()).isEqualTo(exchange(ALL).size());
    return log.told().get(0);
  }

  @Test
  void whoWantsNothingOfTheMessagesKeepsNothingOfThem() {
    CapturedExchange told = toldTo(CaptureWish.NOTHING);
    assertThat(told.size()).isLessThan(1_000);
    assertThat(told.fromClient()).isEqualTo(CapturedMessage.NONE);
  }

  @Test
  void eachIsToldWhatItWouldBeToldAlone() {
    CaptureWish wish =
        new CaptureWish(
            Set.of(LogPart.PARAM_REQUEST_TO_TARGET, LogPart.HEADER_RESPONSE_FROM_TARGET),
            Map.of(LogRegion.RESPONSE_TO_CLIENT, 1_000));
    CapturedExchange told = toldTo(wish);
    assertThat(told.fromClient()).isEqualTo(CapturedMessage.NONE);
    assertThat(told.toTarget()).isEqualTo(new CapturedMessage("q=1", List.of(), null));
    assertThat(told.fromTarget().fields()).hasSize(1);
    assertThat(told.fromTarget().body()).isNull();
    assertThat(told.toClient().fields()).hasSize(1);
    CapturedBody alone = Objects.requireNonNull(message(wish, LogRegion.RESPONSE_TO_CLIENT).body());
    CapturedBody body = Objects.requireNonNull(told.toClient().body());
    assertThat(body.bytes()).isEqualTo(alone.bytes()).hasSize(2 * (1_000 + BodyCapture.MARGIN));
    assertThat(body.isWhole()).isFalse();
    assertThat(body.length()).isEqualTo(100_000);
  }
}

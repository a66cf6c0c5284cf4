package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ResponseField;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Window;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees of a window and of Retry-After, whatever front is before the gate. */
public abstract class WindowBehaviour extends FrontSetup {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Window UNTIL_SIX =
      new Window(null, Moment.parse("2026-07-01T18:00:00+00:00"), false);

  private void serve(String message, Window window, RetryAfter retryAfter) {
    gate.publish(
        Proxies.snapshot(
            1,
            new DeployedProxy(
                Proxies.proxy("/api", List.of()),
                1,
                new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), message)
                    .withWindow(window)
                    .withRetryAfter(retryAfter))));
  }

  private Wire.Reply get() throws Exception {
    return exchange(server.port(), "GET", "/api/x");
  }

  @Test
  void apiClosesAtItsStartAndOpensAtItsEnd() throws Exception {
    Window window =
        new Window(
            Moment.parse("2026-07-01T12:30:00+02:00"), Moment.parse("2026-07-01T18:00:00Z"), true);
    serve("gone", window, RetryAfter.NONE);
    assertThat(get().text()).isEqualTo("open");

    clock.set("2026-07-01T10:30:00Z");
    Awaitility.await().atMost(LONG).until(() -> get().status() == 503);
    assertThat(get().field("Retry-After")).isEqualTo("27000");

    clock.set("2026-07-01T18:00:00Z");
    Awaitility.await().atMost(LONG).until(() -> get().text().equals("open"));
  }

  @Test
  void retryAfterIsSentAsItIsConfigured() throws Exception {
    serve("#RETRYAFTER#|#ENDSAT#", Window.NONE, new RetryAfter(120, 0));
    assertThat(get().field("Retry-After")).isEqualTo("120");
    assertThat(get().text()).isEqualTo("120|");
  }

  @Test
  void withoutAnythingThereIsNoRetryAfter() throws Exception {
    serve("#RETRYAFTER#|#ENDSAT#", Window.NONE, new RetryAfter(null, 60));
    assertThat(get().field("Retry-After")).isNull();
    assertThat(get().text()).isEqualTo("|");
  }

  @Test
  void retryAfterCountsDownToTheEnd() throws Exception {
    serve("#RETRYAFTER#|#ENDSAT#", UNTIL_SIX, new RetryAfter(120, 0));
    Wire.Reply reply = get();
    assertThat(reply.field("Retry-After")).isEqualTo("28800");
    assertThat(reply.text()).isEqualTo("28800|2026-07-01T18:00:00+00:00");
    assertThat(reply.field("X-Correlation-Id")).isNull();

    clock.set("2026-07-01T17:59:59.999Z");
    Awaitility.await().atMost(LONG).until(() -> "1".equals(get().field("Retry-After")));
    clock.set("2026-07-01T18:00:00Z");
    Awaitility.await().atMost(LONG).until(() -> "120".equals(get().field("Retry-After")));
    assertThat(get().text()).isEqualTo("120|2026-07-01T18:00:00+00:00");
  }

  @Test
  void headersGoOutAsTheyAreConfigured() throws Exception {
    DeployedProxy plain = Proxies.closed("/api", 503, "text/plain", "gone");
    List<ResponseField> headers =
        List.of(
            new ResponseField("x-Reason", "database move; see \"status\""),
            new ResponseField("Link", "<https://status.example>; rel=help"),
            new ResponseField("X-Empty", ""));
    gate.publish(
        Proxies.snapshot(
            1, new DeployedProxy(plain.proxy(), 1, plain.settings().withHeaders(headers))));
    Wire.Reply reply = get();
    assertThat(reply.fields())
        .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
        .contains(
            "x-Reason: database move; see \"status\"", "Link: <https://status.example>; rel=help");
    assertThat(reply.field("X-Empty")).isEmpty();
    assertThat(reply.text()).isEqualTo("gone");
    Wire.Reply toGrpc = exchange(server.port(), "GET", "/api", "Content-Type: application/grpc");
    assertThat(toGrpc.field("grpc-status")).isEqualTo("14");
    assertThat(toGrpc.field("x-reason")).isNull();
  }

  @Test
  void headGetsTheSameRetryAfter() throws Exception {
    serve("#RETRYAFTER#", UNTIL_SIX, RetryAfter.NONE);
    Wire.Reply head = exchange(server.port(), "HEAD", "/api");
    assertThat(head.field("Retry-After")).isEqualTo("28800");
    assertThat(head.field("Content-Length")).isEqualTo("5");
    assertThat(head.text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false, 120", "true, 28800"})
  void spreadIsAddedByChanceAndTheMessageHasTheSameNumber(boolean end, int from) throws Exception {
    int spread = 3;
    serve("#RETRYAFTER#", end ? UNTIL_SIX : Window.NONE, new RetryAfter(120, spread));
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 1000 && seen.size() <= spread; i++) {
      Wire.Reply reply = get();
      assertThat(reply.text()).isEqualTo(reply.field("Retry-After"));
      seen.add(Integer.parseInt(reply.text()) - from);
    }
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3);
  }
}

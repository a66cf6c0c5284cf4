package dev.intermission.trafficlog.delivery;

import dev.intermission.api.ProxyId;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Outcome;
import java.time.Instant;

/** Exchanges as a gateway captures them. */
final class Exchanges {

  private Exchanges() {}

  static CapturedExchange of(String path) {
    return new CapturedExchange(
        Instant.parse("2026-11-26T10:00:00Z"),
        "id",
        "production",
        new ProxyId("P", "A"),
        "/a",
        "GET",
        path,
        "HTTP/1.1",
        "host",
        "127.0.0.1",
        Outcome.SUCCESS,
        null,
        null,
        200,
        "http://up:1/a",
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        0,
        2,
        new CapturedTimes(1_000_000, 2_000_000, 3_000_000, 5_000_000, 7_000_000));
  }
}

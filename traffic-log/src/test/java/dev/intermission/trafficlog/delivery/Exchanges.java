package dev.intermission.trafficlog.delivery;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedField;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Outcome;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import dev.intermission.trafficlog.record.RecordForm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Exchanges as a gateway captures them. */
final class Exchanges {

  private Exchanges() {}

  /** Records that hold the fields from the client, and nothing else. */
  static final RecordForm FIELDS =
      new RecordForm(
          new LogInForce(Set.of(LogPart.HEADER_REQUEST_FROM_CLIENT), Set.of(), Map.of(), List.of()),
          PrivacyRules.of(List.of(), null));

  static CapturedExchange of(String path) {
    return with(path, List.of());
  }

  static CapturedExchange with(String path, List<CapturedField> fields) {
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
        200,
        new CapturedMessage(null, fields, null),
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        0,
        2,
        new CapturedTimes(CapturedTimes.NEVER, 1_000_000, 1_000_000, 5_000_000, 7_000_000));
  }
}

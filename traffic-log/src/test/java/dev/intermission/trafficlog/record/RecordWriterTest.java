package dev.intermission.trafficlog.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.LogMetadata;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Outcome;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordWriterTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<LogMetadata, List<String>> FIELDS =
      Map.of(
          LogMetadata.IDENTIFICATION, List.of("aci", "ei", "pi"),
          LogMetadata.API_PROXY, List.of("apn", "aprp"),
          LogMetadata.REQUEST, List.of("hr1ra", "hr1hm", "hr1pi", "hr1p", "hr1sn"),
          LogMetadata.RESPONSE, List.of("sc", "rt", "et", "passage"),
          LogMetadata.METRICS, List.of("trt", "tapt", "sr1t", "sr2t"),
          LogMetadata.SENT_ADDRESS, List.of("ra"));

  private static CapturedExchange exchange(Outcome outcome) {
    return new CapturedExchange(
        Instant.parse("2026-11-26T10:00:00.123456Z"),
        "id",
        "production",
        new ProxyId("P", "A"),
        "/a",
        "GET",
        "/a/b",
        "HTTP/1.1",
        "host",
        "127.0.0.1",
        outcome,
        "CODE",
        "ADMITTED",
        502,
        "http://up:1/b",
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        1,
        2,
        new CapturedTimes(0, 0, 0, 5_000_000, 7_999_999));
  }

  private static JsonNode record(Outcome outcome, Set<LogMetadata> metadata) throws IOException {
    LogInForce what = new LogInForce(Set.of(), metadata, Map.of(), List.of());
    RecordForm form = new RecordForm(what, PrivacyRules.of(List.of(), null));
    return JSON.readTree(RecordWriter.write(exchange(outcome), form));
  }

  @ParameterizedTest
  @EnumSource(LogMetadata.class)
  void groupOfFieldsIsThereIfItsSwitchIsOn(LogMetadata group) throws IOException {
    List<String> expected = new ArrayList<>(List.of("@timestamp"));
    expected.addAll(FIELDS.getOrDefault(group, List.of()));
    assertThat(record(Outcome.ERROR, Set.of(group)).fieldNames())
        .toIterable()
        .containsExactlyElementsOf(expected);
  }

  @Test
  void answerOfAClosedApiHasAnAddressOfItsOwn() throws IOException {
    JsonNode record = record(Outcome.BLOCKED, EnumSet.allOf(LogMetadata.class));
    assertThat(record.path("ra").asText()).isEqualTo("apinizer://maintenance");
    assertThat(record.path("rt").asText()).isEqualTo("BLOCKED");
    assertThat(record.path("passage").asText()).isEqualTo("admitted");
    assertThat(record.path("@timestamp").asText()).isEqualTo("2026-11-26T10:00:00.123Z");
    assertThat(record.path("trt").asInt()).isEqualTo(5);
    assertThat(record.path("tapt").asInt()).isEqualTo(7);
  }
}

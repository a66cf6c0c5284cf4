package dev.intermission.trafficlog.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.LogMetadata;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    return exchange(outcome, "id", "GET", "host");
  }

  private static CapturedExchange exchange(
      Outcome outcome, String correlationId, String method, String host) {
    return new CapturedExchange(
        Instant.parse("2026-11-26T10:00:00.123456Z"),
        correlationId,
        "production",
        new ProxyId("P", "A"),
        "/a",
        method,
        "/a/b",
        "HTTP/1.1",
        host,
        "127.0.0.1",
        outcome,
        "CODE",
        "ADMITTED",
        502,
        "http://up:1/b",
        502,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        CapturedMessage.NONE,
        1,
        2,
        new CapturedTimes(CapturedTimes.NEVER, 0, 0, 5_000_000, 7_999_999));
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

  /** What a client chooses is in these fields, too. */
  @ParameterizedTest
  @ValueSource(strings = {"CREDIT_CARD", "X-Correlation-Id host", "apinizer-correlation-id HOST"})
  void whatIsPrivateIsInNoFieldThatAClientFills(String whatIsPrivate) throws IOException {
    List<PrivacyDefinition> definitions =
        Stream.of(whatIsPrivate.split(" "))
            .map(
                name ->
                    name.equals("CREDIT_CARD")
                        ? new PrivacyDefinition(
                            null,
                            true,
                            PrivacyPattern.CREDIT_CARD,
                            null,
                            null,
                            PrivacyOperation.MASK,
                            PrivacyDefinition.Mask.DEFAULT)
                        : PrivacyDefinition.ofElement(name))
            .toList();
    String card = "4111111111111111";
    LogInForce what =
        new LogInForce(Set.of(), EnumSet.allOf(LogMetadata.class), Map.of(), definitions);
    JsonNode record =
        JSON.readTree(
            RecordWriter.write(
                exchange(
                    Outcome.SUCCESS,
                    card,
                    whatIsPrivate.equals("CREDIT_CARD") ? card : "GET",
                    card),
                new RecordForm(what, PrivacyRules.of(definitions, null))));
    assertThat(record.path("aci").asText()).isEqualTo("***");
    assertThat(record.path("hr1sn").asText()).isEqualTo("***");
    assertThat(record.toString()).doesNotContain(card);
  }
}

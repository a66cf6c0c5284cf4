package dev.intermission.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceReportJsonTest {

  private static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  private static final String RECORD =
      """
      {"id":"a-1","project":"MyProject","proxy":"MyAPI","time":1782900000123,"method":"GET","path":"/ü",
       "status":200,"result":"SUCCESS","target":null,"millis":3,"document":{"a":1}}""";

  private static TraceRecord record(String id, @Nullable String target, String document) {
    return new TraceRecord(
        new TraceLine(
            id,
            MY_API,
            Instant.parse("2026-07-01T10:00:00.123Z"),
            "GET",
            "/ü",
            200,
            "SUCCESS",
            target,
            3),
        document);
  }

  private static TraceReport read(String json) {
    return TraceReportJson.read(json.getBytes(UTF_8));
  }

  private static String reportOf(String record) {
    return "{\"records\":[" + record + "]}";
  }

  @Test
  void aReportIsReadAsItWasWritten() {
    TraceReport report =
        new TraceReport(
            List.of(
                record(
                    "a-1",
                    "http://db/\"ü",
                    "{\"body\":\"grüße \uD83D\uDE00\\u0000\",\"n\":[1.5,null]}"),
                record("a-2", null, "{}")),
            Map.of(MY_API, 1_000_000_000_000L, new ProxyId("Ü", "\""), 0L));
    assertThat(TraceReportJson.read(TraceReportJson.write(report))).isEqualTo(report);
    TraceReport empty = new TraceReport(List.of(), Map.of());
    assertThat(TraceReportJson.read(TraceReportJson.write(empty))).isEqualTo(empty);
  }

  /** Jackson fails at it when it writes bytes. */
  @Test
  void halfOfASurrogatePairBecomesAQuestionMark() {
    TraceReport report =
        new TraceReport(List.of(record("1", "\uD83D", "{\"a\":\"\\ud83d\"}")), Map.of());
    assertThat(TraceReportJson.read(TraceReportJson.write(report)))
        .isEqualTo(new TraceReport(List.of(record("1", "?", "{\"a\":\"?\"}")), Map.of()));
  }

  @Test
  void whatAReaderDoesNotKnowIsSkipped() {
    assertThat(
            read(
                "{\"new\":{\"a\":[1]},\"records\":["
                    + RECORD.replace("\"id\"", "\"x\":{},\"id\"")
                    + "]}"))
        .isEqualTo(new TraceReport(List.of(record("a-1", null, "{\"a\":1}")), Map.of()));
    assertThat(read("{}")).isEqualTo(new TraceReport(List.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}{}",
        "{\"records\":{}}",
        "{\"records\":[1]}",
        "{\"records\":null}",
        "{\"records\":[null]}",
        "{\"dropped\":[{}]}",
        "{\"records\":[],\"records\":[]}",
        "{\"dropped\":[{\"project\":\"p\",\"proxy\":\"a\",\"count\":-1}]}",
        "{\"dropped\":[{\"project\":\"p\",\"proxy\":\"a\",\"count\":1.0}]}",
        "{\"dropped\":[{\"project\":\"p\",\"proxy\":\"a\",\"count\":1000000000001}]}"
      })
  void whatIsNoReportIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableSnapshotException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a-1\"|\"a_1\"",
        "\"a-1\"|\"\"",
        "\"a-1\"|7",
        "\"MyAPI\"|null",
        "1782900000123|\"now\"",
        "1782900000123|-1",
        "1782900000123|253402300800000",
        "\"GET\"|null",
        "\"/ü\"|{}",
        "\"/ü\"|[[\"/ü\"]]",
        "200|\"200\"",
        "200|1000",
        "200|200.0",
        "\"SUCCESS\"|\"<b>\"",
        "null|1",
        "{\"a\":1}|[]",
        "{\"a\":1}|\"{}\"",
        "{\"a\":1}|null",
        "{\"a\":1}|{\"a\":1,\"a\":2}",
        "\"millis\":3|\"millis\":true",
        "\"id\"|\"project\""
      })
  void aRecordWithAnotherValueIsRefused(String allowed, String other) {
    assertThat(RECORD).contains(allowed);
    assertThatThrownBy(() -> read(reportOf(RECORD.replace(allowed, other))))
        .isInstanceOf(UnreadableSnapshotException.class);
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String many = String.join(",", Collections.nCopies(1000, RECORD));
    assertThat(read(reportOf(many)).records()).hasSize(1000);
    assertThatThrownBy(() -> read(reportOf(many + "," + RECORD)))
        .hasMessageContaining("more than 1000 elements");
    assertThatThrownBy(() -> read(reportOf(RECORD.replace("/ü", "/".repeat(8193)))))
        .hasMessageContaining("path is no text of at most 8192 characters");
    assertThatThrownBy(() -> read(reportOf(RECORD.replace("MyAPI", "a".repeat(1001)))))
        .hasMessageContaining("proxy");
    assertThatThrownBy(
            () -> read(reportOf(RECORD.replace("1}", "[".repeat(200) + "]".repeat(200) + "}"))))
        .isInstanceOf(UnreadableSnapshotException.class);
    assertThatThrownBy(() -> read("{\"x\":\"" + "a".repeat(TraceReportJson.MOST_BYTES) + "\"}"))
        .hasMessageContaining("more than 4194304 bytes");
    TraceReport large =
        new TraceReport(
            List.of(record("1", null, "{\"a\":\"" + "ü".repeat(2 << 20) + "\"}")), Map.of());
    assertThatThrownBy(() -> TraceReportJson.write(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed are 4194304");
  }

  /** As many as a gateway sends at once, all of it signs that take the most bytes. */
  @Test
  void whatAGatewaySendsAtOnceIsNotTooLarge() {
    int each = TraceReport.MOST_CHARACTERS / 500;
    TraceReport report =
        new TraceReport(
            IntStream.range(0, 500)
                .mapToObj(
                    i -> record("id-" + i, null, "{\"a\":\"" + "\u20ac".repeat(each - 8) + "\"}"))
                .collect(Collectors.toList()),
            Map.of());
    assertThat(TraceReportJson.read(TraceReportJson.write(report))).isEqualTo(report);
  }

  /** It may be of a machine that has been taken over, and a tree of it would fill the memory. */
  @Test
  void aDocumentOfVeryManyPartsIsTakenAsItsText() {
    String document = "{\"a\":[" + "{},".repeat(1_000_000) + "0.10]}";
    TraceReport report = read(reportOf(RECORD.replace("{\"a\":1}", document)));
    // A failure is not to print all of it.
    assertThat(report.records().get(0).document().equals(document)).isTrue();
  }

  @Test
  void noFailureQuotesADocument() {
    TraceReport report = new TraceReport(List.of(record("1", null, "{\"a\":secret}")), Map.of());
    assertThatThrownBy(() -> TraceReportJson.write(report))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret")
        .hasNoCause();
    assertThatThrownBy(() -> read(reportOf(RECORD.replace("1}", "secret}"))))
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }
}

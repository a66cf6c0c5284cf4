package dev.intermission.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire form of what a node has counted. */
class CountsReportTest {

  private static final ProxyCounts COUNTS =
      new ProxyCounts(
          new ProxyId("MyProject", "caf\u00e9\ud83d\ude00"), true, 1L << 40, 2, 3, 4, 5);
  private static final String PROXY =
      "{\"proxy\":{\"project\":\"p\",\"name\":\"%s\"},\"closed\":true,\"answers\":%s,\"admitted\":0,\"bypassed\":0,\"inFlight\":%s,\"letIn\":0}";

  private static String json(String after, String number, String proxies) {
    return "{\"after\":%s,\"number\":%s,\"version\":7,\"countsInFlight\":true,\"complete\":true,\"proxies\":[%s],\"gone\":[]}"
        .formatted(after, number, proxies);
  }

  private static void assertUnreadable(String json) {
    assertThatThrownBy(() -> CountsReport.read(json.getBytes(StandardCharsets.UTF_8)))
        .as(json.substring(0, Math.min(200, json.length())))
        .isInstanceOf(UnreadableSnapshotException.class);
  }

  @Test
  void reportThatIsReadIsTheOneThatWasWritten() {
    CountsReport report =
        new CountsReport(
            6, 7, 12, true, false, List.of(COUNTS), List.of(new ProxyId("p", "\ud800")));
    assertThat(CountsReport.read(report.json())).isEqualTo(report);
    assertThat(report.json()).matches("[\\x20-\\x7e]+");
  }

  @Test
  void fieldsOfALaterVersionAreSkipped() {
    String known = json("0", "1", PROXY.formatted("a", "1", "2"));
    assertThat(CountsReport.read(known.replace("\"closed\"", "\"more\":[{}],\"closed\"")))
        .isEqualTo(CountsReport.read(known));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "x",
        "{\"after\":0}",
      })
  void whatIsNoReportIsUnreadable(String json) {
    assertUnreadable(json);
  }

  @Test
  void reportThatContradictsItselfIsUnreadable() {
    String one = PROXY.formatted("a", "1", "2");
    assertThat(CountsReport.read(json("0", "1", one)).proxies()).hasSize(1);
    assertUnreadable(json("1", "1", one));
    assertUnreadable(json("-1", "1", one));
    assertUnreadable(json("0", "0", one));
    assertUnreadable(json("0", "1", one + "," + one));
    assertUnreadable(json("0", "1", PROXY.formatted("a", "-1", "2")));
    assertUnreadable(json("0", "1", PROXY.formatted("a", "1", "-2")));
    assertUnreadable(json("0", "1", PROXY.formatted("a", "1.5", "2")));
    assertUnreadable(json("0", "1", PROXY.formatted("a", "\"1\"", "2")));
    assertUnreadable(json("0", "1", PROXY.formatted("a", "1", "3000000000")));
    assertUnreadable(json("0", "1", PROXY.formatted("a", "9223372036854775808", "2")));
    assertUnreadable(json("0", "1", PROXY.formatted("a".repeat(1001), "1", "2")));
    assertUnreadable(json("0", "1", one) + "x");
  }

  @Test
  void reportOfTooManyProxiesIsUnreadable() {
    String most =
        IntStream.range(0, NodeCounts.MOST_PROXIES)
            .mapToObj(i -> PROXY.formatted("a" + i, "1", "2"))
            .collect(Collectors.joining(","));
    assertThat(CountsReport.read(json("0", "1", most)).proxies()).hasSize(NodeCounts.MOST_PROXIES);
    assertUnreadable(json("0", "1", most + "," + PROXY.formatted("b", "1", "2")));
  }
}

package dev.intermission.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what a node counts is told where there is too much for a report. */
class TellableTest {

  private static ProxyCounts counts(String name, int inFlight, int letIn) {
    return new ProxyCounts(new ProxyId("p", name), true, 1, 0, 0, inFlight, letIn);
  }

  private static NodeCounts counts(List<ProxyCounts> proxies) {
    return new NodeCounts(1, true, proxies, true);
  }

  private static List<ProxyCounts> quiet(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> counts("a" + i, 0, 0)).toList();
  }

  @Test
  void asManyAsFitInAreToldAsTheyAre() {
    NodeCounts most = counts(quiet(0, NodeCounts.MOST_PROXIES));
    assertThat(Tellable.of(most)).isSameAs(most);
  }

  @Test
  void thoseWithMostRequestsInFlightAreToldFirstAndTheOthersInTheirOrder() {
    List<ProxyCounts> many = new ArrayList<>(quiet(0, NodeCounts.MOST_PROXIES));
    many.add(counts("let-in", 0, 3));
    many.add(counts("one", 1, 0));
    many.add(counts("two", 2, 0));
    NodeCounts told = Tellable.of(counts(many));
    assertThat(told.complete()).isFalse();
    assertThat(told.proxies()).hasSize(NodeCounts.MOST_PROXIES);
    assertThat(told.proxies().subList(0, 3))
        .containsExactly(counts("two", 2, 0), counts("one", 1, 0), counts("let-in", 0, 3));
    assertThat(told.proxies().subList(3, NodeCounts.MOST_PROXIES))
        .isEqualTo(quiet(0, NodeCounts.MOST_PROXIES - 3));
  }

  /** One that is too long would be refused each time that it is sent. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "\u00e9", "\ud83d\ude00", "\\", "\"", "\u0001", "\u007f"})
  void reportHasNoMoreBytesThanAnAdminNodeTakes(String character) {
    String name = character.repeat(900 / character.length());
    List<ProxyCounts> before = new ArrayList<>();
    List<ProxyCounts> after = new ArrayList<>();
    for (int i = 0; i < NodeCounts.MOST_PROXIES; i++) {
      ProxyId id = new ProxyId("p" + i, name);
      before.add(new ProxyCounts(id, false, 0, 0, 0, 0, 0));
      ProxyId other = new ProxyId("q" + i, name);
      long most = Long.MAX_VALUE;
      after.add(
          new ProxyCounts(other, false, most, most, most, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }
    List<ProxyCounts> told = Tellable.of(counts(after)).proxies();
    List<ProxyId> gone =
        Tellable.of(counts(before)).proxies().stream().map(ProxyCounts::proxy).toList();
    CountsReport longest =
        new CountsReport(
            Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE, false, false, told, gone);
    int bytes = longest.json().getBytes(US_ASCII).length;
    assertThat(bytes).isBetween(CountsReport.MOST_BYTES / 4, CountsReport.MOST_BYTES);
    assertThat(Tellable.of(counts(after)).complete()).isFalse();
  }
}

package dev.intermission.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How figures are read and put together. */
class FiguresTest {

  private static final Driver WRK =
      new Driver(
          "wrk", List.of(), Driver.wrk(Path.of("/bin/true"), 64).result(), Driver.own(1).trouble());

  private static Contender contender(String name, String platform, String reference) {
    return new Contender(
        name,
        platform,
        reference,
        folder -> {
          throw new IllegalStateException("not to be started");
        });
  }

  @Test
  void outputOfWrkIsRead() {
    Driver.Answered answered =
        WRK.parse(
            """
            Running 4s test @ http://127.0.0.1:18080/api/v1
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     4.44ms    6.77ms  56.93ms   94.35%
                Req/Sec    14.31k     5.64k   36.62k    89.74%
              56892 requests in 4.06s, 13.08MB read
              Non-2xx or 3xx responses: 56892
            Requests/sec:  14027.74
            Transfer/sec:      3.22MB
            """);
    assertThat(answered).isEqualTo(new Driver.Answered(56_892, 14_027.74));
  }

  @Test
  void outputOfOurOwnGeneratorIsRead() {
    Driver.Answered answered =
        Driver.own(64)
            .parse(
                """
                                 requests   per second    errors       p50
                all             1,149,460       56,183         0    162 µs
                """);
    assertThat(answered).isEqualTo(new Driver.Answered(1_149_460, 56_183));
  }

  @Test
  void loadThatFailedIsNoFigure() {
    assertThatThrownBy(() -> Driver.own(64).parse("all  5  5  0\nMISSED   errors are 5\n"))
        .isInstanceOf(CompareException.class)
        .hasMessageContaining("errors are 5");
    assertThatThrownBy(() -> WRK.parse("nothing"))
        .isInstanceOf(CompareException.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void cpuTimeIsReadWhateverTheProcessIsCalled() {
    assertThat(
            CpuTime.parse(
                "1234 (a) b (c) S 1 1234 1234 0 -1 4194560 5 6 7 8 100 20 3 4 20 0 1 0 99 0"))
        .isEqualTo(127);
  }

  @Test
  void memoryIsReadInBytes() {
    assertThat(
            Memory.parse(
                List.of(
                    "Name:\tjava", "VmHWM:\t  210000 kB", "VmRSS:\t  200000 kB", "Threads:\t9")))
        .isEqualTo(new Memory(204_800_000, 215_040_000))
        .hasToString("195 MiB resident (205 at most)");
  }

  @Test
  void processorsAreReadAsShares() {
    Machine before = Machine.parse("cpu  100 0 100 700 50 0 0 50 0 0");
    Machine after = Machine.parse("cpu  150 0 150 1550 100 0 0 100 0 0");
    assertThat(after.since(before)).isEqualTo("processors idle 86 %, stolen 4.8 %");
  }

  @Test
  void ratiosAreTakenWithinARoundAndOnTheSamePlatform() {
    Results results = new Results();
    Contender bare = contender("bare", "JDK 17", "bare");
    Contender other = contender("other", "JDK 17", "bare");
    Contender newer = contender("bare", "JDK 25", "bare");
    Contender foreign = contender("foreign", "1.0", "bare");
    // The machine is three times as slow in the second round.
    double[] slowness = {1, 3, 1};
    for (double slow : slowness) {
      results.add(bare, new Results.Figure(10_000 * slow, 50_000 / slow));
      results.add(other, new Results.Figure(11_000 * slow, 40_000 / slow));
      results.add(newer, new Results.Figure(9_000 * slow, 60_000 / slow));
      results.add(foreign, new Results.Figure(8_000 * slow, 70_000 / slow));
    }
    assertThat(results.table())
        .contains(
            "| bare | JDK 17 | 10.00 µs | **1.00** | 1.00–1.00 | 50,000 | 1.00 | bare |",
            "| other | JDK 17 | 11.00 µs | **1.10** | 1.10–1.10 | 40,000 | 0.80 | bare |",
            "| bare | JDK 25 | 9.00 µs | **1.00** | 1.00–1.00 | 60,000 | 1.00 | bare |",
            "| foreign | 1.0 | 8.00 µs | **0.80** | 0.80–0.80 | 70,000 | 1.40 | bare |");
  }

  @Test
  void medianOfAnEvenNumberIsTheMiddle() {
    assertThat(Results.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
    assertThat(Results.median(List.of(4.0, 1.0, 9.0))).isEqualTo(4);
  }

  @Test
  void lineupTakesWhatIsWantedAndKnowsItsNames() {
    Jdk jdk = Jdk.at(Path.of(System.getProperty("java.home")));
    Lineup lineup = new Lineup(List.of("handler", "filter"), null, said -> {});
    lineup.addJava(jdk, List.of());
    assertThat(lineup.contenders())
        .extracting(Contender::name)
        .containsExactly("handler", "filter");
    assertThatThrownBy(() -> new Lineup(List.of("handlr"), null, said -> {}).contenders())
        .isInstanceOf(CompareException.class)
        .hasMessageContaining("'handlr'; known are bare-handler, handler");
    assertThatThrownBy(() -> Jdk.at(Path.of("/no/such/jdk")))
        .isInstanceOf(CompareException.class)
        .hasMessageContaining("--jdk /no/such/jdk is no JDK");
  }
}

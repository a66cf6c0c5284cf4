package dev.intermission.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark is run for a moment, in this process, with few proxies. */
@Tag("slow")
class BenchmarksTest {

  @Test
  void everyBenchmarkRuns() throws Exception {
    Options moment =
        new OptionsBuilder()
            .include("dev.intermission.bench.jmh")
            .param("proxies", "100")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(10))
            .shouldFailOnError(true)
            .build();
    Collection<RunResult> results = new Runner(moment).run();
    TreeSet<String> classes = new TreeSet<>();
    for (RunResult result : results) {
      String method = result.getParams().getBenchmark();
      classes.add(method.substring(0, method.lastIndexOf('.')));
      assertThat(result.getPrimaryResult().getScore()).as(method).isPositive();
    }
    assertThat(classes)
        .extracting(name -> name.substring(name.lastIndexOf('.') + 1))
        .containsExactly(
            "AnswerLookup",
            "CountedFront",
            "Exempted",
            "GateDecision",
            "LongPath",
            "Publish",
            "Rendering",
            "RouteMatch");
  }
}

package dev.intermission.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A comparison as short as can be, driven by our own generator. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "CPU time is read from /proc")
class ComparisonTest {

  @Test
  void contenderHasAFigureAndIsNotLeftRunning() throws Exception {
    Lineup lineup = new Lineup(List.of("bare-handler"), null, said -> {});
    lineup.addJava(Jdk.at(Path.of(System.getProperty("java.home"))), List.of("-Xmx128m"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Results results;
    try (ScratchFolder scratch = new ScratchFolder();
        Comparison comparison =
            new Comparison(
                lineup.contenders(),
                Driver.own(4),
                new Comparison.Schedule(1, 1, 1, 1),
                scratch,
                new PrintStream(out, true, StandardCharsets.UTF_8))) {
      results = comparison.run();
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(it -> it.startsWith("round")))
        .hasSize(1);
    assertThat(results.table())
        .containsPattern("\\| bare-handler \\| .* \\| [0-9.]+ µs \\| \\*\\*1.00\\*\\* \\|");
    assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
  }
}

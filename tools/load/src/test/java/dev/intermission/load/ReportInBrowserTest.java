package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real browser draws the charts of a report. */
@Tag("slow")
class ReportInBrowserTest {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @Test
  void chartsAreDrawn(@TempDir Path folder) throws Exception {
    if (!Files.isExecutable(CHROMIUM)) {
      String missing = CHROMIUM + " is missing; install the package chromium";
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
    Path report = folder.resolve("report.html");
    Files.writeString(
        report, HtmlReport.of(new Outcome(HtmlReportTest.measurement(), List.of(), List.of())));
    Process browser =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                report.toUri().toString())
            .redirectError(folder.resolve("chromium.log").toFile())
            .start();
    String drawn = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(browser.waitFor()).isZero();
    assertThat(drawn.split("<canvas", -1)).hasSize(5);
    assertThat(drawn)
        .contains(">without deployments<", ">with deployments<", ">p99<", ">answers a second<");
  }
}

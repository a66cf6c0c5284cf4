package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.command.GatewayMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands at a real terminal, that of tmux, which is resized. */
@Tag("slow")
class TerminalTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final Path folder;
  private final RunningGateway gateway;

  TerminalTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    ApiProxy[] proxies =
        IntStream.range(0, 40)
            .mapToObj(
                i -> RunningGateway.proxy("api-" + (10 + i), "/" + (10 + i), "http://127.0.0.1:1"))
            .toArray(ApiProxy[]::new);
    gateway = RunningGateway.start(RunningGateway.config(folder.resolve("data"), proxies));
  }

  @AfterEach
  void stop() throws Exception {
    if (hasTmux()) {
      tmux("kill-server");
    }
    gateway.close();
  }

  private static boolean hasTmux() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tmux")));
  }

  private String tmux(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-S", folder.resolve("tmux").toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return out;
  }

  private void type(String line) throws Exception {
    tmux("send-keys", "-t", "t", line, "Enter");
  }

  private List<String> screen() throws Exception {
    return tmux("capture-pane", "-p", "-t", "t").lines().toList();
  }

  private void awaitScreen(String text) {
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(String.join("\n", screen())).contains(text));
  }

  @Test
  void watchFillsTheTerminalAndFollowsItsSize() throws Exception {
    Assumptions.assumeTrue(hasTmux(), "tmux is not installed");
    Path script = folder.resolve("i");
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                GatewayMain.class.getName()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "sh");
    type("export INTERMISSION_TOKEN=" + RunningGateway.ADMIN_TOKEN + " PS1='$ '");
    String url = " --url http://127.0.0.1:" + gateway.adminPort();

    type("clear; " + script + " close api-10 api-11" + url);
    awaitScreen("Close these 2 APIs in production? [y/N]");
    type("y");
    awaitScreen("MyProject/api-11 is closed in production with 503");

    type("clear; " + script + " watch --all --environment production" + url);
    awaitScreen("production: 2 of 40 closed");
    awaitScreen("more lines do not fit");
    List<String> small = screen();
    assertThat(small.stream().filter(line -> line.contains("MyProject/api-")))
        .hasSizeBetween(15, 22);
    assertThat(small).allMatch(line -> line.length() <= 80);

    tmux("resize-window", "-t", "t", "-x", "120", "-y", "60");
    gateway.patch(
        new ProxyId("MyProject", "api-12"),
        "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
    awaitScreen("production: 3 of 40 closed");
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(screen().stream().filter(line -> line.contains("MyProject/api-")))
                    .hasSize(40));
  }
}

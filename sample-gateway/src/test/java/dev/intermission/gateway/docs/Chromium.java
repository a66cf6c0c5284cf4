package dev.intermission.gateway.docs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Chromium without a window, which a debugger may use. */
final class Chromium implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:([0-9]+)/");

  private final Process process;
  private final Path log;

  /** Starts it with its files in this folder. */
  Chromium(Path folder) throws IOException {
    log = folder.resolve("chromium.log");
    process =
        new ProcessBuilder(
                "/usr/bin/chromium",
                "--headless=new",
                // Its sandbox does not start for root, who runs the tests in a container.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--window-size=1280,1600",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder.resolve("chromium"),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** Waits until a debugger may connect, and returns the port for it. */
  int port() {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              Matcher matcher = LISTENING.matcher(Files.readString(log));
              return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
            },
            port -> port > 0);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}

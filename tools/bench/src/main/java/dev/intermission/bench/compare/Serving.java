package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that serves, until it is closed or this JVM ends. */
final class Serving implements AutoCloseable {

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

  private final String name;
  private final Process process;
  private final URI url;
  private final AtExit atExit;

  /**
   * @param url what the load asks for
   */
  Serving(String name, Process process, URI url) {
    this.name = name;
    this.process = process;
    this.url = url;
    atExit = AtExit.run("stop-" + name, process::destroy);
  }

  URI url() {
    return url;
  }

  /** Returns the memory that it takes now. */
  Memory memory() {
    return Memory.of(process.toHandle());
  }

  /** Returns the bytes of the objects that it needs, after a garbage collection. */
  long liveHeap(Jdk jdk) throws InterruptedException {
    try {
      Process jcmd =
          new ProcessBuilder(
                  jdk.home().resolve("bin/jcmd").toString(),
                  Long.toString(process.pid()),
                  "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher total = HISTOGRAM_TOTAL.matcher(output);
      if (jcmd.waitFor() != 0 || !total.find()) {
        throw new CompareException("jcmd can't see the heap of " + name + ": " + output);
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new CompareException("jcmd of " + jdk + " can't be run: " + e.getMessage(), e);
    }
  }

  /** Returns the CPU time that it has used so far. */
  long cpuNanos() {
    if (!process.isAlive()) {
      throw new CompareException(name + " ended with exit status " + process.exitValue());
    }
    return CpuTime.ticks(process.toHandle()) * CpuTime.tickNanos();
  }

  @Override
  public void close() {
    process.destroy();
    atExit.cancel();
    try {
      if (!process.waitFor(STOPS_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

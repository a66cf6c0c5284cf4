package dev.intermission.bench.compare;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A contender's process, until it is closed. */
final class Serving implements AutoCloseable {

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final URI url;

  /**
   * @param port where it serves on the loopback interface
   */
  Serving(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    url = URI.create("http://127.0.0.1:%d%s".formatted(port, Routes.REQUESTED));
  }

  URI url() {
    return url;
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

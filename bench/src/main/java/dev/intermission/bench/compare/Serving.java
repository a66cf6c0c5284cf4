package dev.intermission.bench.compare;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that serves, until it is closed or this JVM ends. */
final class Serving implements AutoCloseable {

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

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

package dev.intermission.gate;

import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Waits until what was asked of servers in this process is over. */
public final class Stillness {

  /** What a thread that waits takes now and then; one that spins takes far more on any machine. */
  private static final double IDLE_SHARE = 0.02;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Map<Long, Long> cpuBefore = cpu();
  private long before = System.nanoTime();

  private Stillness() {}

  /** Waits until no thread computes, but those of the test itself. */
  public static void awaitIt() {
    Stillness stillness = new Stillness();
    await("no thread computes")
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(() -> stillness.busy().isEmpty());
  }

  /** Returns the memory that is in use when the garbage is gone. */
  public static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private List<String> busy() {
    long now = System.nanoTime();
    Map<Long, Long> cpu = cpu();
    double idle = (now - before) * IDLE_SHARE;
    List<String> busy =
        cpu.entrySet().stream()
            .filter(
                thread ->
                    thread.getValue() - cpuBefore.getOrDefault(thread.getKey(), thread.getValue())
                        > idle)
            .map(thread -> String.valueOf(THREADS.getThreadInfo(thread.getKey())))
            .toList();
    cpuBefore = cpu;
    before = now;
    return busy;
  }

  private static Map<Long, Long> cpu() {
    Map<Long, Long> cpu = new HashMap<>();
    LongStream.of(THREADS.getAllThreadIds())
        .forEach(id -> cpu.put(id, THREADS.getThreadCpuTime(id)));
    return cpu;
  }
}

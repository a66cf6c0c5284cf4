package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway that is killed while settings are patched and deployed loses nothing that it
 * acknowledged, and leaves nothing half done.
 */
@Tag("slow")
class KillTest {

  /** Gateways side by side, each with a store of its own, so that no processor waits. */
  private static final int GATEWAYS = 2;

  private static final int ROUNDS = 15;
  private static final String TOKEN = "a-token-for-the-kill-test-0123456789";

  private final Path folder;

  KillTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What became of the changes of one gateway. */
  private record Tally(int rounds, int acknowledged, int committedOnly) {

    Tally plus(Tally other) {
      return new Tally(
          rounds + other.rounds,
          acknowledged + other.acknowledged,
          committedOnly + other.committedOnly);
    }
  }

  @Test
  void everyAcknowledgedChangeIsThereAndNoneIsHalfThere() throws Exception {
    long seed = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Tally>> lives = new ArrayList<>();
      for (int i = 0; i < GATEWAYS; i++) {
        Path own = Files.createDirectory(folder.resolve("gateway-" + i));
        Random random = new Random(seed + i);
        lives.add(threads.submit(() -> killAgainAndAgain(own, random, threads)));
      }
      Tally tally = new Tally(0, 0, 0);
      for (Future<Tally> life : lives) {
        tally = tally.plus(life.get());
      }
      System.out.println(tally);
      assertThat(tally.rounds).isEqualTo(GATEWAYS * ROUNDS);
      assertThat(tally.acknowledged).isGreaterThan(tally.rounds);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Tally killAgainAndAgain(Path folder, Random random, ExecutorService threads)
      throws Exception {
    List<NumberedChanges> all =
        List.of(
            new NumberedChanges("MyAPI", "/api/v1"),
            new NumberedChanges("petstore-api", "/petstore"));
    Tally tally = new Tally(0, 0, 0);
    for (int round = 1; round <= ROUNDS; round++) {
      try (GatewayProcess gateway = new GatewayProcess(folder, TOKEN)) {
        Operator operator = new Operator(gateway.adminPort(), TOKEN);
        tally = tally.plus(new Tally(1, 0, found(all, operator, gateway.port())));
        int before = acknowledged(all);
        killAfter(1 + random.nextInt(40), gateway, operator, all, threads);
        tally = tally.plus(new Tally(0, acknowledged(all) - before, 0));
      } catch (AssertionError e) {
        throw new AssertionError("round " + round, e);
      }
    }
    try (GatewayProcess gateway = new GatewayProcess(folder, TOKEN)) {
      int committedOnly = found(all, new Operator(gateway.adminPort(), TOKEN), gateway.port());
      return tally.plus(new Tally(0, 0, committedOnly));
    }
  }

  private static int found(List<NumberedChanges> all, Operator operator, int port)
      throws IOException {
    int committedOnly = 0;
    for (NumberedChanges changes : all) {
      committedOnly += changes.assertWhole(operator, port);
    }
    return committedOnly;
  }

  private static int acknowledged(List<NumberedChanges> all) {
    return all.stream().mapToInt(NumberedChanges::acknowledged).sum();
  }

  /** Kills it once so many changes more are acknowledged, while others are on their way. */
  private static void killAfter(
      int count,
      GatewayProcess gateway,
      Operator operator,
      List<NumberedChanges> all,
      ExecutorService threads)
      throws Exception {
    int enough = acknowledged(all) + count;
    List<? extends Future<?>> sending =
        all.stream().map(changes -> threads.submit(() -> changes.send(operator))).toList();
    while (acknowledged(all) < enough && sending.stream().noneMatch(Future::isDone)) {
      Thread.onSpinWait();
    }
    gateway.kill();
    for (Future<?> each : sending) {
      each.get();
    }
  }
}

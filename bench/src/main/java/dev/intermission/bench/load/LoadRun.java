package dev.intermission.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;

/** One load test, from the first connection to the measurement. */
final class LoadRun {

  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(15);

  private final LoadPlan plan;
  private final String token;
  private final Progress progress;
  private final List<String> notes = new ArrayList<>();
  private volatile @Nullable Span running;
  private volatile boolean stopped;

  /**
   * @param token the access token for deployments; not used where there are none
   */
  LoadRun(LoadPlan plan, String token, Progress progress) {
    this.plan = plan;
    this.token = token;
    this.progress = progress;
  }

  /** Ends it early; {@link #run} returns what was measured so far. From any thread. */
  void stop() {
    stopped = true;
    Span span = running;
    if (span != null) {
      span.cutShort();
    }
  }

  /**
   * Runs it once.
   *
   * @throws LoadException if the target can't be reached
   * @throws DeploymentException if the first deployment is refused
   */
  Measurement run() throws LoadException, DeploymentException, InterruptedException {
    Protocol one = new Protocol(false, 1, 1, plan.protocol().anyCertificate());
    try (LoadClient load = LoadClient.start(plan.protocol(), plan.timeout());
        LoadClient admin = LoadClient.start(one, ACKNOWLEDGED_WITHIN)) {
      Optional<Deployer> deployer =
          plan.deployments().map(what -> deployer(admin.client(), what, token));
      if (deployer.isPresent()) {
        deployer.get().begin();
      }
      Span span;
      Meter meter;
      try {
        Probe.of(load.client(), plan).ifPresent(notes::add);
        Duration window = plan.deployments().map(DeploymentPlan::window).orElse(Duration.ZERO);
        span = new Span(System.nanoTime(), plan.warmup(), plan.duration(), window);
        running = span;
        if (stopped) {
          span.cutShort();
        }
        meter = drive(load.client(), span, deployer);
      } finally {
        restore(deployer);
      }
      return measurement(span, meter, deployer);
    }
  }

  private static Deployer deployer(HttpClient client, DeploymentPlan plan, String token) {
    return new Deployer(new MaintenanceModeCall(client, plan, token, ACKNOWLEDGED_WITHIN), plan);
  }

  private Meter drive(HttpClient client, Span span, Optional<Deployer> deployer)
      throws InterruptedException {
    Tally tally = new Tally();
    Sender sender = new Sender(client, plan, span, tally);
    Pace pace =
        plan.rate().isPresent()
            ? new OpenLoop(sender, span, plan.rate().getAsDouble())
            : new ClosedLoop(sender, span, plan.protocol().concurrency(), client.getScheduler());
    Meter meter = new Meter(tally, span, plan.duration(), progress);
    List<Work> work = new ArrayList<>(List.of(Work.start("load-pace", pace::run)));
    deployer.ifPresent(it -> work.add(Work.start("load-deployments", () -> it.run(span))));
    try {
      while (!work.stream().allMatch(Work::isDone)) {
        Thread.sleep(Meter.TICK.toMillis());
        meter.tick();
      }
    } finally {
      work.forEach(Work::interrupt);
    }
    for (Work each : work) {
      each.join();
    }
    meter.tick();
    return meter;
  }

  private void restore(Optional<Deployer> deployer) throws InterruptedException {
    try {
      if (deployer.isPresent()) {
        deployer.get().restore();
      }
    } catch (DeploymentException e) {
      notes.add("the proxy could not be set back to what it was: " + e.getMessage());
    }
  }

  private Measurement measurement(Span span, Meter meter, Optional<Deployer> deployer) {
    deployer
        .map(Deployer::firstRefusal)
        .ifPresent(refusal -> notes.add("a deployment was not acknowledged: " + refusal));
    if (stopped) {
      notes.add("ended early; this is what was measured until then");
    }
    double seconds = Math.max(0, span.end() - span.measuredFrom()) / 1e9;
    return new Measurement(
        plan,
        Instant.now().minusMillis((System.nanoTime() - span.measuredFrom()) / 1_000_000),
        seconds,
        span.deployingNanos() / 1e9,
        meter.quiet(),
        meter.deploying(),
        meter.bins(),
        deployer.map(Deployer::swaps).orElse(List.of()),
        notes);
  }
}

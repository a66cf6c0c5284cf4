package dev.intermission.load;

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
   * @param token the access token for deployments; not used if there are none
   */
  LoadRun(LoadPlan plan, String token, Progress progress) {
    this.plan = plan;
    this.token = token;
    this.progress = progress;
  }

  /** Returns what did not go as planned, as texts for the user. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Ends the run early; {@link #run} returns what was measured until then. May be called by any
   * thread.
   */
  void stop() {
    stopped = true;
    Span span = running;
    if (span != null) {
      span.cutShort();
    }
  }

  /**
   * Runs the load test; may be called once.
   *
   * @throws LoadException if the target can't be reached
   * @throws DeploymentException if the first deployment is not acknowledged
   */
  Measurement run() throws LoadException, DeploymentException, InterruptedException {
    Protocol one = new Protocol(false, 1, 1, plan.protocol().anyCertificate());
    try (LoadClient load = LoadClient.start(plan.protocol(), plan.timeout());
        LoadClient admin = LoadClient.start(one, ACKNOWLEDGED_WITHIN)) {
      Optional<Deployer> deployer =
          plan.deployments().map(what -> deployer(admin.client(), what, token));
      try {
        if (deployer.isPresent()) {
          deployer.get().begin();
        }
        Probe.of(load.client(), plan).ifPresent(notes::add);
        warmUp(load.client(), deployer);
        return measure(load.client(), deployer);
      } finally {
        restore(deployer);
      }
    }
  }

  private static Deployer deployer(HttpClient client, DeploymentPlan plan, String token) {
    return new Deployer(new MaintenanceModeCall(client, plan, token, ACKNOWLEDGED_WITHIN), plan);
  }

  /**
   * Requests in progress are waited for when the warm-up ends, so that a cold start is not
   * measured.
   */
  private void warmUp(HttpClient client, Optional<Deployer> deployer) throws InterruptedException {
    if (plan.warmup().isZero()) {
      return;
    }
    progress.step("warming up for " + Durations.text(plan.warmup()));
    Span span = begin(plan.warmup(), Duration.ZERO);
    Meter unused = new Meter(new Tally(), span, plan.warmup(), Progress.NONE);
    drive(client, span, unused, deployer);
  }

  private Measurement measure(HttpClient client, Optional<Deployer> deployer)
      throws InterruptedException {
    Duration window = plan.deployments().map(DeploymentPlan::window).orElse(Duration.ZERO);
    Instant start = Instant.now();
    Span span = begin(plan.duration(), window);
    progress.step("measuring for " + Durations.text(plan.duration()));
    Meter meter = new Meter(new Tally(), span, plan.duration(), progress);
    List<Swap> swaps = drive(client, span, meter, deployer);
    deployer
        .map(Deployer::firstRefusal)
        .ifPresent(refusal -> notes.add("a deployment was not acknowledged: " + refusal));
    if (stopped) {
      notes.add("ended early; this is what was measured until then");
    }
    return new Measurement(
        plan,
        start,
        span.second(span.end()),
        span.deployingSeconds(),
        meter.quiet(),
        meter.deploying(),
        meter.bins(),
        swaps);
  }

  private Span begin(Duration length, Duration window) {
    Span span = new Span(System.nanoTime(), length, window);
    running = span;
    if (stopped) {
      span.cutShort();
    }
    return span;
  }

  private List<Swap> drive(HttpClient client, Span span, Meter meter, Optional<Deployer> deployer)
      throws InterruptedException {
    Pace pace = pace(client, new Sender(client, plan, span, meter.tally()), span);
    Work<Boolean> load =
        Work.start(
            "load-pace",
            () -> {
              pace.run();
              return true;
            });
    Work<List<Swap>> deployments =
        Work.start(
            "load-deployments", () -> deployer.isPresent() ? deployer.get().run(span) : List.of());
    try {
      for (boolean ended = false; !ended; ) {
        ended = load.await(Meter.TICK);
        meter.tick();
      }
      load.join();
      return deployments.join();
    } finally {
      load.interrupt();
      deployments.interrupt();
    }
  }

  private Pace pace(HttpClient client, Sender sender, Span span) {
    return plan.rate().isPresent()
        ? new OpenLoop(sender, span, plan.rate().getAsDouble(), plan.timeout())
        : new ClosedLoop(sender, span, plan.protocol().concurrency(), client.getScheduler());
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
}

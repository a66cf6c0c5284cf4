package dev.intermission.load;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deploys two maintenance responses in turn while load runs. They have nothing in common, so that
 * an answer made of parts of both is noticed. For one thread; {@link #begin} comes before it and
 * {@link #restore} after it.
 */
final class Deployer {

  private static final MaintenanceSettings ONE =
      new MaintenanceSettings(
          true,
          503,
          ContentType.parse("application/json; charset=utf-8"),
          "{\"message\":\"This API is under maintenance. It is back at six o'clock.\",\"retry\":true}");
  private static final MaintenanceSettings OTHER =
      new MaintenanceSettings(
          true, 429, ContentType.parse("text/plain"), "This API is busy with its maintenance.");

  /** Limits what is kept of a long run. */
  private static final int MOST_KEPT = 50_000;

  private final MaintenanceModeCall call;
  private final DeploymentPlan plan;
  private @Nullable MaintenanceSettings before;
  private @Nullable String firstRefusal;
  private boolean otherIsNext = true;

  Deployer(MaintenanceModeCall call, DeploymentPlan plan) {
    this.call = call;
    this.plan = plan;
  }

  /** Returns the answers that are right while this deploys. */
  static List<ExpectedAnswer> answers() {
    return List.of(answer(ONE), answer(OTHER));
  }

  private static ExpectedAnswer answer(MaintenanceSettings settings) {
    return ExpectedAnswer.of(
        settings.httpStatusCode(), settings.contentType().value(), settings.message());
  }

  /** Remembers what is saved, and deploys the first answer. */
  void begin() throws DeploymentException, InterruptedException {
    before = call.read();
    call.deploy(ONE);
  }

  /** Deploys at the rate of the plan while load runs, in the windows that are for it. */
  List<Swap> run(Span span) throws InterruptedException {
    List<Swap> swaps = new ArrayList<>();
    long period = (long) (1e9 / plan.rate());
    long due = span.start();
    for (long now = due; !span.isOver(now); now = System.nanoTime()) {
      if (span.isDeploying(now)) {
        boolean acknowledged = swap();
        if (swaps.size() < MOST_KEPT) {
          swaps.add(new Swap(span.second(now), System.nanoTime() - now, acknowledged));
        }
      }
      due = Math.max(due + period, System.nanoTime());
      span.await(due);
    }
    return swaps;
  }

  private boolean swap() throws InterruptedException {
    MaintenanceSettings next = otherIsNext ? OTHER : ONE;
    otherIsNext = !otherIsNext;
    try {
      call.deploy(next);
      return true;
    } catch (DeploymentException e) {
      firstRefusal = firstRefusal == null ? e.getMessage() : firstRefusal;
      return false;
    }
  }

  /** Saves and deploys the former settings again; does nothing if they are not known. */
  void restore() throws DeploymentException, InterruptedException {
    if (before != null) {
      call.deploy(before);
    }
  }

  /** Returns the answer to the first deployment that was not acknowledged, or null. */
  @Nullable String firstRefusal() {
    return firstRefusal;
  }
}

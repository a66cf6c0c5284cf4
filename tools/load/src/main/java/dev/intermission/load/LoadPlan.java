package dev.intermission.load;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The plan of a load test.
 *
 * @param expected the answers that are right; an answer that is none of them is an error
 * @param rate requests a second, due at even intervals whatever the target does (open loop); if
 *     empty, each connection sends its next request when the last was answered (closed loop)
 * @param duration how long is measured
 * @param warmup how long load runs before that, unmeasured
 * @param timeout how long an answer is waited for
 * @param deployments what is deployed meanwhile
 */
record LoadPlan(
    Target target,
    List<ExpectedAnswer> expected,
    Protocol protocol,
    OptionalDouble rate,
    Duration duration,
    Duration warmup,
    Duration timeout,
    Optional<DeploymentPlan> deployments) {

  LoadPlan {
    expected = List.copyOf(expected);
  }

  @Override
  public String toString() {
    String pace =
        rate.isPresent()
            ? String.format(Locale.ROOT, "open loop, %,.0f requests/s", rate.getAsDouble())
            : "closed loop, full speed";
    return String.format(
        Locale.ROOT,
        "%s; %s; %s measured after %s of warm-up",
        pace,
        protocol,
        Durations.text(duration),
        Durations.text(warmup));
  }
}

package dev.intermission.load;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * The plan of the deployments during the load. Windows without deployments and windows with them
 * take turns, beginning with one without, so that one run shows the difference.
 *
 * @param proxy the proxy's URL in the management API, {@code …/projects/P/apiProxies/A}
 * @param environment where to deploy
 * @param rate deployments a second in a window with deployments
 * @param window how long a window is; zero for deployments all the time
 */
record DeploymentPlan(URI proxy, String environment, double rate, Duration window) {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s deployments/s to %s%s",
        Numbers.plain(rate),
        environment,
        window.isZero() ? "" : ", in every second window of " + Durations.text(window));
  }
}

package dev.intermission.load;

import java.time.Duration;
import java.util.List;

/** Repeatedly takes the counts from the tally and adds them up. For one thread. */
final class Meter {

  /** How often {@link #tick} is to be called. */
  static final Duration TICK = Duration.ofMillis(250);

  private static final double SECOND = 0.99;

  private final Tally tally;
  private final Span span;
  private final Progress progress;
  private final LoadTimeline timeline;
  private final Counts quiet = new Counts();
  private final Counts deploying = new Counts();
  private final Counts recent = new Counts();
  private double told;

  Meter(Tally tally, Span span, Duration duration, Progress progress) {
    this.tally = tally;
    this.span = span;
    this.progress = progress;
    timeline = new LoadTimeline(duration, TICK);
  }

  void tick() {
    double second = span.second(System.nanoTime());
    Counts both = tally.takeQuiet();
    quiet.add(both);
    Counts with = tally.takeDeploying();
    deploying.add(with);
    both.add(with);
    timeline.add(second, both);
    recent.add(both);
    if (second - told >= SECOND) {
      progress.second(second, second - told, recent);
      recent.clear();
      told = second;
    }
  }

  Tally tally() {
    return tally;
  }

  Counts quiet() {
    return quiet;
  }

  Counts deploying() {
    return deploying;
  }

  List<Bin> bins() {
    return timeline.bins();
  }
}

package dev.intermission.gate;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set. */
public final class SetClock extends Clock {

  private volatile Instant now;

  /** Makes a clock that shows this time. */
  public SetClock(String now) {
    this.now = Instant.parse(now);
  }

  /** Sets it forward or back. */
  public void set(String time) {
    now = Instant.parse(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only UTC is asked for");
  }
}

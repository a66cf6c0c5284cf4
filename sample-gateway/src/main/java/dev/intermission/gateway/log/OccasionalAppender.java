package dev.intermission.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Bounds the lines that clients can cause: of those that are alike one goes on in each interval,
 * and at its end one that says how many were left out. Alike are lines of one logger, level, marker
 * and exception. Lines at DEBUG go on all.
 */
public final class OccasionalAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {

  private final AppenderAttachableImpl<ILoggingEvent> next = new AppenderAttachableImpl<>();
  private final Map<Kind, Interval> intervals = new ConcurrentHashMap<>();
  private long millis = TimeUnit.MINUTES.toMillis(1);

  /** Sets the length of an interval; a minute if it is not set. */
  public void setMillis(long millis) {
    this.millis = millis;
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean bounded = event.getLevel().isGreaterOrEqual(Level.INFO);
    if (!bounded || intervals.computeIfAbsent(Kind.of(event), Interval::new).mayPass()) {
      next.appendLoopOnAppenders(event);
    }
  }

  /** The properties that similar lines share. */
  private record Kind(
      String logger, Level level, @Nullable List<Marker> markers, @Nullable String exception) {

    static Kind of(ILoggingEvent event) {
      return new Kind(
          event.getLoggerName(),
          event.getLevel(),
          event.getMarkerList(),
          event.getThrowableProxy() == null ? null : event.getThrowableProxy().getClassName());
    }
  }

  /** The time after a line in which no similar line is passed on. */
  private final class Interval {

    private final Kind kind;
    private boolean running;
    private long leftOut;

    Interval(Kind kind) {
      this.kind = kind;
    }

    synchronized boolean mayPass() {
      if (running) {
        leftOut++;
        return false;
      }
      begin();
      return true;
    }

    private void begin() {
      running = true;
      leftOut = 0;
      Future<?> unused =
          getContext()
              .getScheduledExecutorService()
              .schedule(this::end, millis, TimeUnit.MILLISECONDS);
    }

    private void end() {
      long count;
      synchronized (this) {
        running = false;
        count = leftOut;
        if (count > 0) {
          begin();
        }
      }
      if (count > 0) {
        next.appendLoopOnAppenders(told(count));
      }
    }

    private ILoggingEvent told(long count) {
      Logger logger = ((LoggerContext) getContext()).getLogger(kind.logger());
      return new LoggingEvent(
          OccasionalAppender.class.getName(),
          logger,
          kind.level(),
          "{} more lines like the last were left out in {} s",
          null,
          new Object[] {count, TimeUnit.MILLISECONDS.toSeconds(millis)});
    }
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    next.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return next.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return next.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return next.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    next.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return next.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return next.detachAppender(name);
  }
}

package dev.intermission.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * What is logged as an error from now on. It is taken where it is logged: what is written leaves
 * out a line that is like one of the last minute, which another test may have caused, and tells of
 * those of other tests a minute later.
 */
public final class LoggedErrors implements AutoCloseable {

  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final List<Logger> loggers;
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            errors.add(text(event));
          }
        }
      };

  /** Begins to listen. */
  public LoggedErrors() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    // Each of the others hands its lines on to one of these.
    loggers =
        context.getLoggerList().stream()
            .filter(logger -> logger.iteratorForAppenders().hasNext())
            .toList();
    appender.setContext(context);
    appender.start();
    loggers.forEach(logger -> logger.addAppender(appender));
  }

  private static String text(ILoggingEvent event) {
    String thrown =
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy());
    return event.getLoggerName() + " " + event.getFormattedMessage() + "\n" + thrown;
  }

  /** Returns the errors so far. */
  public List<String> all() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    loggers.forEach(logger -> logger.detachAppender(appender));
    appender.stop();
  }
}

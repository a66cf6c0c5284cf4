package dev.intermission.runtime;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs at INFO and above while this is open: the level and the text. */
final class Lines implements AutoCloseable {

  private final Logger logger;
  private final List<String> texts = new CopyOnWriteArrayList<>();

  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(ch.qos.logback.classic.Level.INFO)) {
            texts.add(event.getLevel() + " " + event.getFormattedMessage());
          }
        }
      };

  private Lines(Logger logger) {
    this.logger = logger;
  }

  static Lines of(Class<?> type) {
    Lines lines = new Lines((Logger) LoggerFactory.getLogger(type));
    lines.appender.start();
    lines.logger.addAppender(lines.appender);
    return lines;
  }

  List<String> texts() {
    return texts;
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}

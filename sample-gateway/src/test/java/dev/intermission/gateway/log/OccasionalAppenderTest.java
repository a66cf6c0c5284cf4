package dev.intermission.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MarkerFactory;

/** How often lines go on that clients can cause. */
class OccasionalAppenderTest {

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("a.Logger");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final OccasionalAppender occasional = new OccasionalAppender();

  @BeforeEach
  void start() {
    log.start();
    occasional.setContext(context);
    occasional.addAppender(log);
    occasional.start();
    logger.addAppender(occasional);
    logger.setLevel(Level.DEBUG);
  }

  private List<String> lines() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void oneOfManyGoesOnAndTheOthersAreCounted() {
    occasional.setMillis(2_000);
    for (int i = 0; i < 180; i++) {
      logger.info("cancelled {}", i);
    }
    await().until(() -> lines().size() == 2);
    assertThat(lines())
        .containsExactly("cancelled 0", "179 more lines like the last were left out in 2 s");
  }

  @Test
  void linesOfAnotherLevelOrExceptionGoOn() {
    logger.info("a");
    logger.warn("b");
    logger.warn("c", new IllegalStateException());
    logger.warn("d", new IllegalStateException());
    assertThat(lines()).containsExactly("a", "b", "c");
  }

  @Test
  void linesWithAnotherMarkerGoOn() {
    logger.warn(MarkerFactory.getMarker("one"), "a");
    logger.warn(MarkerFactory.getMarker("one"), "b");
    logger.warn(MarkerFactory.getMarker("other"), "c");
    logger.warn("d");
    assertThat(lines()).containsExactly("a", "c", "d");
  }

  @Test
  void allLinesGoOnAtDebug() {
    logger.debug("a");
    logger.debug("b");
    assertThat(lines()).containsExactly("a", "b");
  }
}

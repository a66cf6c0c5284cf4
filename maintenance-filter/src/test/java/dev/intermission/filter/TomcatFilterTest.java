package dev.intermission.filter;

import dev.intermission.gate.FrontBehaviour;
import dev.intermission.gate.Gate;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** The filter constructed in code, in embedded Tomcat. */
class TomcatFilterTest extends FrontBehaviour {

  private static final Pattern CHARSET =
      Pattern.compile("; *charset=\"?([^\"]*)\"?", Pattern.CASE_INSENSITIVE);

  @TempDir Path folder;

  /** Tomcat writes a charset its own way: no space, and none of the quotes. */
  @Override
  protected String writtenAs(String contentType) {
    return CHARSET.matcher(contentType).replaceFirst(";charset=$1");
  }

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new TomcatServer(
        folder,
        gate,
        passed,
        connector -> {
          connector.setProperty("relaxedPathChars", "\\");
          connector.setProperty("encodedSolidusHandling", "passthrough");
          connector.setProperty("continueResponseTiming", "onRead");
          connector.setAllowTrace(true);
        });
  }
}

package dev.intermission.filter;

import dev.intermission.gate.BypassBehaviour;
import dev.intermission.gate.Gate;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Bypass tokens at the filter in Tomcat. */
class BypassInTomcatTest extends BypassBehaviour {

  @TempDir Path folder;

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new TomcatServer(
        folder,
        gate,
        new SeenByServlet(passed),
        connector -> connector.setEncodedSolidusHandling("passthrough"));
  }
}

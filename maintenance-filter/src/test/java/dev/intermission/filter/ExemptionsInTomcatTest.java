package dev.intermission.filter;

import dev.intermission.gate.ExemptionBehaviour;
import dev.intermission.gate.Gate;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Exemptions at the filter in Tomcat. */
class ExemptionsInTomcatTest extends ExemptionBehaviour {

  @TempDir Path folder;

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new TomcatServer(
        folder,
        gate,
        new PassageServlet(passed),
        connector -> connector.setEncodedSolidusHandling("passthrough"));
  }
}

package dev.intermission.filter;

import dev.intermission.gate.Gate;
import dev.intermission.gate.SoapBehaviour;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The filter, called by SOAP in Tomcat. */
class SoapInTomcatTest extends SoapBehaviour {

  @TempDir Path folder;

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    return new TomcatServer(folder, gate, passed, connector -> {});
  }
}

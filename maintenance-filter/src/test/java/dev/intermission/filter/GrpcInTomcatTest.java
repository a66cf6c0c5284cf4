package dev.intermission.filter;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GrpcBehaviour;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.http2.Http2Protocol;
import org.junit.jupiter.api.io.TempDir;

/** The filter, called by gRPC in Tomcat. */
class GrpcInTomcatTest extends GrpcBehaviour {

  @TempDir Path folder;

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    Http2Protocol http2 = new Http2Protocol();
    // Tomcat ends connections of clients that reset streams too often, and a call that is answered
    // before it has sent all resets its stream.
    http2.setOverheadResetFactor(0);
    http2.setOverheadDataThreshold(0);
    return new TomcatServer(folder, gate, passed, to -> to.addUpgradeProtocol(http2));
  }
}

package dev.intermission.filter;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GrpcBehaviour;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.io.TempDir;

/** The filter, called by gRPC in Tomcat. */
class GrpcInTomcatTest extends GrpcBehaviour {

  @TempDir Path folder;

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Http2Protocol http2 = new Http2Protocol();
    // Tomcat ends connections of clients that reset streams too often, and a call that is answered
    // before it has sent all resets its stream.
    http2.setOverheadResetFactor(0);
    http2.setOverheadDataThreshold(0);
    tomcat.getConnector().addUpgradeProtocol(http2);
    Context context = tomcat.addContext("", null);
    FilterDef definition = new FilterDef();
    definition.setFilterName("maintenance");
    definition.setFilter(new MaintenanceFilter(gate));
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("maintenance");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);
    Wrapper backend = Tomcat.addServlet(context, "backend", new JettyServer.Backend(passed));
    backend.setAsyncSupported(true);
    backend.addMapping("/");
    tomcat.start();
    return new Server() {
      @Override
      public int port() {
        return tomcat.getConnector().getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
      }
    };
  }
}

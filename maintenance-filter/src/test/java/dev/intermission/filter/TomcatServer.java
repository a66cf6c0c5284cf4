package dev.intermission.filter;

import dev.intermission.gate.FrontSetup;
import dev.intermission.gate.Gate;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** An embedded Tomcat with the filter before a servlet that counts. */
final class TomcatServer implements FrontSetup.Server {

  private final Tomcat tomcat = new Tomcat();

  /**
   * Starts it.
   *
   * @param folder where it may write
   * @param settings sets the connector
   */
  TomcatServer(Path folder, Gate gate, AtomicInteger passed, Consumer<Connector> settings)
      throws Exception {
    this(folder, gate, new JettyServer.Backend(passed), settings);
  }

  /** Takes the servlet behind the filter. */
  TomcatServer(Path folder, Gate gate, HttpServlet servlet, Consumer<Connector> settings)
      throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    settings.accept(tomcat.getConnector());
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
    Wrapper backend = Tomcat.addServlet(context, "backend", servlet);
    backend.setAsyncSupported(true);
    backend.addMapping("/");
    tomcat.start();
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}

package dev.intermission.filter;

import dev.intermission.gate.FrontBehaviour;
import dev.intermission.gate.Gate;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
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
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("relaxedPathChars", "\\");
    tomcat.getConnector().setProperty("encodedSolidusHandling", "passthrough");
    tomcat.getConnector().setProperty("continueResponseTiming", "onRead");
    tomcat.getConnector().setAllowTrace(true);
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

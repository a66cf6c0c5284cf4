package dev.intermission.jetty;

import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.GrpcBehaviour;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** The filter, called by gRPC in Jetty. */
class GrpcByFilterTest extends GrpcBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    FilterHolder filter = new FilterHolder(new MaintenanceFilter(gate));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    return new JettyServer(new Gate(GateOptions.DEFAULTS), context);
  }
}

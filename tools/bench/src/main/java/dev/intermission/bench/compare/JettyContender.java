package dev.intermission.bench.compare;

import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.jetty.MaintenanceHandler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;

/** The contenders that are a Jetty; they differ in its handler only. */
enum JettyContender {
  BARE_HANDLER("bare-handler"),
  HANDLER("handler"),
  BARE_SERVLET("bare-servlet"),
  FILTER("filter"),
  NAIVE_FILTER("naive-filter"),
  OPEN_SERVLET("open-servlet"),
  OPEN_FILTER("open-filter"),
  OPEN_HANDLER("open-handler"),
  HANDLER_RETRY_AFTER("handler-retry-after", OptionalSetting.RETRY_AFTER),
  HANDLER_ENDS_AT("handler-ends-at", OptionalSetting.ENDS_AT),
  HANDLER_SPREAD("handler-spread", OptionalSetting.SPREAD),
  HANDLER_HEADER("handler-header", OptionalSetting.HEADER),
  HANDLER_VARIANTS("handler-variants", OptionalSetting.VARIANTS),
  HANDLER_CORS("handler-cors", OptionalSetting.CORS),
  HANDLER_RECOMMENDED("handler-recommended", OptionalSetting.RECOMMENDED),
  FILTER_RECOMMENDED("filter-recommended", OptionalSetting.RECOMMENDED);

  private final String label;
  private final OptionalSetting setting;

  JettyContender(String label) {
    this(label, OptionalSetting.NONE);
  }

  JettyContender(String label, OptionalSetting setting) {
    this.label = label;
    this.setting = setting;
  }

  static Optional<JettyContender> named(String label) {
    return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
  }

  String label() {
    return label;
  }

  /** Returns whether the request is to reach the servlet behind the front. */
  boolean isOpen() {
    return this == OPEN_SERVLET || this == OPEN_FILTER || this == OPEN_HANDLER;
  }

  /** Returns whether it differs from another one in a setting of its proxies only. */
  boolean hasSetting() {
    return setting != OptionalSetting.NONE;
  }

  /** Makes what serves requests, not started. */
  Handler handler() {
    return switch (this) {
      case BARE_HANDLER -> new BareHandler();
      case HANDLER,
          HANDLER_RETRY_AFTER,
          HANDLER_ENDS_AT,
          HANDLER_SPREAD,
          HANDLER_HEADER,
          HANDLER_VARIANTS,
          HANDLER_CORS,
          HANDLER_RECOMMENDED ->
          new MaintenanceHandler(Routes.closed(setting), context(new BareServlet(200)));
      case BARE_SERVLET -> context(new BareServlet(ReceivedAnswer.CLOSED));
      case FILTER, FILTER_RECOMMENDED -> behind(new MaintenanceFilter(Routes.closed(setting)));
      case NAIVE_FILTER -> behind(new NaiveFilter());
      case OPEN_SERVLET -> context(new BareServlet(200));
      case OPEN_FILTER -> behind(new MaintenanceFilter(Routes.open()));
      case OPEN_HANDLER -> new MaintenanceHandler(Routes.open(), context(new BareServlet(200)));
    };
  }

  private static Handler behind(Filter filter) {
    ServletContextHandler context = context(new BareServlet(200));
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    return context;
  }

  private static ServletContextHandler context(BareServlet servlet) {
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    return context;
  }
}

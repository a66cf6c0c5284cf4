package dev.intermission.bench.compare;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Serves as one contender until its input ends, so that it never outlives who started it. */
public final class ServeMain {

  /** What it prints before the port, when it is ready. */
  static final String READY = "ready on port ";

  private ServeMain() {}

  /** Takes the contender's name, and listens on a free port of the loopback interface. */
  public static void main(String[] args) throws Exception {
    JettyContender contender =
        JettyContender.named(args.length == 1 ? args[0] : "")
            .orElseThrow(() -> new IllegalArgumentException("give one of " + names()));
    Server server = start(contender);
    System.out.println(READY + port(server));
    awaitEndOfInput();
    server.stop();
  }

  static String names() {
    return Arrays.stream(JettyContender.values())
        .map(JettyContender::label)
        .collect(Collectors.joining(", "));
  }

  static Server start(JettyContender contender) throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(contender.handler());
    server.start();
    return server;
  }

  static int port(Server server) {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  private static void awaitEndOfInput() throws IOException {
    System.in.transferTo(java.io.OutputStream.nullOutputStream());
  }
}

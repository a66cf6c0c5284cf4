package dev.intermission.bench.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Serves as contenders until its input ends, so that it never outlives who started it. */
public final class ServeMain {

  /** What it prints before the port of each contender, when that is ready. */
  static final String READY = "ready on port ";

  private ServeMain() {}

  /**
   * Takes the contenders' names, and listens on a free port of the loopback interface for each. In
   * one process contenders share the compiled code, whose quality differs from process to process.
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      throw unknown();
    }
    List<Server> servers = new ArrayList<>();
    for (String name : args) {
      Server server = start(JettyContender.named(name).orElseThrow(ServeMain::unknown));
      servers.add(server);
      System.out.println(READY + port(server));
    }
    awaitEndOfInput();
    for (Server server : servers) {
      server.stop();
    }
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException("give some of " + names());
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

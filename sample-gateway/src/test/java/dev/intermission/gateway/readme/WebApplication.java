package dev.intermission.gateway.readme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A servlet container with a web application in a process of its own, so that the application can
 * get the variables that its {@code web.xml} asks for. The container stops when its standard input
 * ends.
 */
public final class WebApplication implements AutoCloseable {

  private final Process process;
  private final int port;

  private WebApplication(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Runs the container; prints the port as soon as the application has started. */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    WebAppContext context = new WebAppContext(arguments[0], "/");
    context.setThrowUnavailableOnStartupException(true);
    server.setHandler(context);
    server.start();
    System.out.println("port " + connector.getLocalPort());
    System.in.readAllBytes();
    server.stop();
    System.out.println("stopped");
  }

  /** Starts the application in this folder, with this token in a file. */
  static WebApplication start(Path folder, String token, Path tokenFile) throws IOException {
    Files.writeString(tokenFile, token + "\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WebApplication.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("INTERMISSION_"));
    builder.environment().put("INTERMISSION_FEED_TOKEN_FILE", tokenFile.toString());
    Process process = builder.start();
    String line = lineWith(process, "port ");
    return new WebApplication(process, Integer.parseInt(line.substring("port ".length())));
  }

  private static String lineWith(Process process, String start) throws IOException {
    var reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("The application ended before it said '" + start + "'");
  }

  /** Returns the port at which the application answers. */
  int port() {
    return port;
  }

  /** Stops the container, and returns its exit status. */
  int stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    try (InputStream rest = process.getInputStream()) {
      rest.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

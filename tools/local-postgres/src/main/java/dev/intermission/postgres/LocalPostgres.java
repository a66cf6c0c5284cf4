package dev.intermission.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on the loopback interface, run by this process and stopped when it ends, with
 * its data in a folder. It can be stopped, killed and paused, and started again. One thread at a
 * time.
 */
public final class LocalPostgres implements AutoCloseable {

  private final Cluster cluster;
  private final int port;
  private final List<String> settings;
  private final Thread atExit = new Thread(this::end, "stop-postgres");
  private volatile @Nullable Process process;

  private LocalPostgres(Cluster cluster, int port, List<String> settings) {
    this.cluster = cluster;
    this.port = port;
    this.settings = settings;
  }

  /**
   * Starts a server with the data in the folder, or without data if the folder is empty, and waits
   * until it accepts connections. A server that a killed process left running in the folder is
   * stopped first.
   *
   * <p>If this process runs as root, the server runs as the user nobody; if that user may not enter
   * the folder, the data is kept in the temporary folder.
   *
   * @param port the port, or 0 for a free one
   * @param settings of the server, each {@code name=value}, for instance {@code fsync=off}
   * @throws IOException if it does not start; the message has the output of the server
   */
  public static LocalPostgres start(
      PostgresBinaries binaries, Path folder, int port, String... settings) throws IOException {
    Cluster cluster = Cluster.in(folder, binaries);
    LocalPostgres postgres =
        new LocalPostgres(cluster, port == 0 ? freePort() : port, List.of(settings));
    Runtime.getRuntime().addShutdownHook(postgres.atExit);
    boolean started = false;
    try {
      postgres.start();
      started = true;
      return postgres;
    } finally {
      if (!started) {
        postgres.close();
      }
    }
  }

  /** Starts the server again on its port, after {@link #stop} or {@link #kill}. */
  public void start() throws IOException {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("PostgreSQL on port " + port + " runs already");
    }
    process = cluster.start(port, settings);
  }

  /** Returns the port that it listens on. */
  public int port() {
    return port;
  }

  /**
   * Returns the JDBC URL of a database, with the name and password of the server's administrator. A
   * new server has one database, {@code postgres}.
   */
  public String url(String database) {
    return String.format(
        Locale.ROOT,
        "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s",
        port,
        database,
        Cluster.USER,
        cluster.password());
  }

  /** Returns the name and the password of the server's administrator. */
  Object[] credentials() {
    return new Object[] {Cluster.USER, cluster.password()};
  }

  /** Stops it in good order; clients lose their connections. */
  public void stop() {
    Process running = process;
    if (running != null) {
      Signals.send("INT", List.of(running.toHandle()));
      running.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
  }

  /** Kills all its processes (SIGKILL), as a crash of the machine would. */
  public void kill() {
    Process running = process;
    if (running != null && running.isAlive()) {
      // The server is paused first, so that it starts no more processes.
      Signals.send("STOP", List.of(running.toHandle()));
      List<ProcessHandle> all = processes(running);
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(p -> p.onExit().orTimeout(1, TimeUnit.MINUTES).join());
    }
  }

  /** Pauses all its processes (SIGSTOP): connections stay, and get no answer. */
  public void pause() {
    Process running = process;
    if (running != null) {
      Signals.send("STOP", List.of(running.toHandle()));
      Signals.send("STOP", processes(running));
    }
  }

  /** Lets the server continue after {@link #pause}. */
  public void resume() {
    Process running = process;
    if (running != null) {
      Signals.send("CONT", processes(running));
    }
  }

  private static List<ProcessHandle> processes(Process server) {
    return Stream.concat(Stream.of(server.toHandle()), server.descendants()).toList();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void end() {
    resume();
    stop();
  }

  /** Stops it; its data stays. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
      return;
    }
  }
}

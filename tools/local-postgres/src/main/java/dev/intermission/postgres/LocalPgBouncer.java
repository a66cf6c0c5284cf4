package dev.intermission.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PgBouncer in transaction mode on the loopback interface, before a {@link LocalPostgres}: each
 * transaction of a client may run in another session of the server. One thread at a time.
 */
public final class LocalPgBouncer implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final String PACKAGE = "pgbouncer";
  private static final long START_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LocalPostgres postgres;
  private final int port;
  private final Process process;

  private LocalPgBouncer(LocalPostgres postgres, int port, Process process) {
    this.postgres = postgres;
    this.port = port;
    this.process = process;
  }

  /**
   * Returns whether Debian's PgBouncer is on this machine; its package is installed where this user
   * may do so.
   */
  public static boolean isAvailable() throws InterruptedException {
    return Files.isExecutable(PROGRAM) || installs();
  }

  /** Installs it, after others do: a second apt-get at the same time would fail. */
  private static boolean installs() throws InterruptedException {
    ProcessBuilder install =
        new ProcessBuilder(
            "flock",
            Path.of(System.getProperty("java.io.tmpdir"), "intermission-apt.lock").toString(),
            "sh",
            "-c",
            "apt-get update && apt-get install -y --no-install-recommends " + PACKAGE);
    install.environment().put("DEBIAN_FRONTEND", "noninteractive");
    install.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return install.start().waitFor() == 0;
    } catch (IOException e) {
      // There is no flock, so this is not Debian.
      return false;
    }
  }

  /**
   * Starts it with its files in the folder, and waits until it accepts connections.
   *
   * @param sessions how many sessions of the server the clients of one database share
   * @throws IOException if it does not start; the message has its output
   */
  public static LocalPgBouncer start(LocalPostgres postgres, Path folder, int sessions)
      throws IOException {
    ServerUser user = ServerUser.current();
    Path home = user.reachable(folder);
    int port = LocalPostgres.freePort();
    Path users = write(user, home.resolve("users.txt"), "\"%s\" \"%s\"\n", postgres.credentials());
    Path settings =
        write(
            user,
            home.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=127.0.0.1 port=%d
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %s
            pool_mode = transaction
            default_pool_size = %d
            max_client_conn = 500
            server_idle_timeout = 5
            ignore_startup_parameters = extra_float_digits
            """,
            postgres.port(),
            port,
            users,
            sessions);
    Path log = home.resolve("pgbouncer.log");
    Process process =
        new ProcessBuilder(user.run(List.of(PROGRAM.toString(), settings.toString())))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    LocalPgBouncer started = new LocalPgBouncer(postgres, port, process);
    try {
      started.awaitReady(log);
      return started;
    } catch (IOException e) {
      started.close();
      throw e;
    }
  }

  private static Path write(ServerUser user, Path file, String text, Object... values)
      throws IOException {
    Files.writeString(file, String.format(Locale.ROOT, text, values));
    user.own(file);
    return file;
  }

  private void awaitReady(Path log) throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT_NANOS;
    while (!accepts()) {
      try {
        int status = process.onExit().get(20, TimeUnit.MILLISECONDS).exitValue();
        throw new IOException(
            "PgBouncer ended with status " + status + ": " + Files.readString(log));
      } catch (TimeoutException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("PgBouncer did not get ready: " + Files.readString(log), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while PgBouncer was starting", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  /** Returns the JDBC URL of a database of the server, by way of PgBouncer. */
  public String url(String database) {
    return postgres.url(database).replaceFirst(":" + postgres.port() + "/", ":" + port + "/");
  }

  /** Stops it; its clients lose their connections. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}

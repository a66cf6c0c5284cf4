package dev.intermission.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The files of one server: its data, its log, and its administrator's password. */
final class Cluster {

  static final String USER = "intermission";

  private static final long START_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int LOG_LINES = 20;

  private final PostgresBinaries binaries;
  private final ServerUser user;
  private final Path data;
  private final Path log;
  private final String password;

  private Cluster(PostgresBinaries binaries, ServerUser user, Path folder, String password) {
    this.binaries = binaries;
    this.user = user;
    data = folder.resolve("data");
    log = folder.resolve("postgres.log");
    this.password = password;
  }

  /** Takes the files that are in the folder, or makes new ones. */
  static Cluster in(Path folder, PostgresBinaries binaries) throws IOException {
    ServerUser user = ServerUser.current();
    Path home = user.reachable(folder);
    user.own(home);
    Path passwordFile = home.resolve("password");
    if (!Files.exists(passwordFile)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      // A temporary file is for its owner only.
      Path unfinished = Files.createTempFile(home, "password", "");
      Files.writeString(unfinished, Base64.getUrlEncoder().encodeToString(random));
      user.own(unfinished);
      Files.move(unfinished, passwordFile);
    }
    Cluster cluster = new Cluster(binaries, user, home, Files.readString(passwordFile));
    if (!Files.exists(cluster.data)) {
      cluster.make(home, passwordFile);
    }
    return cluster;
  }

  String password() {
    return password;
  }

  private void make(Path home, Path passwordFile) throws IOException {
    Path unfinished = Files.createTempDirectory(home, "unfinished");
    user.own(unfinished);
    Process initdb =
        run(
            List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
    int status = initdb.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("initdb ended with status " + status + ": " + endOfLog());
    }
    Files.move(unfinished, data);
  }

  /** Starts the server, and waits until it takes connections. */
  Process start(int port, List<String> settings) throws IOException {
    leftRunning().ifPresent(Cluster::stop);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("postgres").toString(), "-D", data.toString()));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "port=" + port));
    command.addAll(List.of("-c", "unix_socket_directories="));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    Process server = run(command);
    boolean ready = false;
    try {
      awaitReady(server);
      ready = true;
      return server;
    } finally {
      if (!ready) {
        stop(server.toHandle());
      }
    }
  }

  private void awaitReady(Process server) throws IOException {
    long deadline = System.nanoTime() + START_TIMEOUT_NANOS;
    while (!isReady(server)) {
      try {
        int status = server.onExit().get(20, TimeUnit.MILLISECONDS).exitValue();
        throw new IOException("PostgreSQL ended with status " + status + ": " + endOfLog());
      } catch (TimeoutException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("PostgreSQL did not get ready in time: " + endOfLog(), e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while PostgreSQL was starting", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The server writes its state into the file of its pid. */
  private boolean isReady(Process server) throws IOException {
    List<String> lines = pidFile();
    return lines.size() >= 8
        && lines.get(0).equals(String.valueOf(server.pid()))
        && lines.get(7).startsWith("ready");
  }

  private List<String> pidFile() throws IOException {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private Optional<ProcessHandle> leftRunning() throws IOException {
    return pidFile().stream()
        .findFirst()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .filter(handle -> handle.info().commandLine().orElse("").contains(" -D " + data + " "));
  }

  private static void stop(ProcessHandle server) {
    Signals.send("CONT", List.of(server));
    Signals.send("INT", List.of(server));
    server.onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }

  private Process run(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(user.run(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}

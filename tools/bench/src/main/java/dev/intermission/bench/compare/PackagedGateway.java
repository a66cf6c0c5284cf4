package dev.intermission.bench.compare;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The sample gateway as it is packaged, with its demo: starts it, and closes one of its proxies.
 */
final class PackagedGateway implements AutoCloseable {

  private final int port = FreePort.free();
  private final int adminPort = FreePort.free();
  private final String token = UUID.randomUUID().toString() + UUID.randomUUID();
  private final Serving serving;
  private final Duration untilReady;

  /**
   * Starts it, and returns when it is ready.
   *
   * @param folder an empty folder for its data
   */
  PackagedGateway(GatewayLauncher launcher, Path folder) {
    List<String> arguments =
        List.of(
            "demo",
            "--port=" + port,
            "--admin-port=" + adminPort,
            "--data=" + folder.resolve("data"));
    long start = System.nanoTime();
    serving = launcher.start(arguments, token, url("/api/v1/orders"), folder);
    untilReady = Duration.ofNanos(System.nanoTime() - start);
  }

  Duration untilReady() {
    return untilReady;
  }

  /** Its process; the URL belongs to the proxy that {@link #closeProxy} closes. */
  Serving serving() {
    return serving;
  }

  /** Returns a URL of a proxy that stays open. */
  URI openUrl() {
    return url("/petstore/pets");
  }

  /** Puts a proxy into maintenance. */
  void closeProxy() throws InterruptedException {
    new MaintenanceCall(adminPort, token).send("MyAPI", "{\"message\":\"Back at six\"}");
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Stops it. */
  @Override
  public void close() {
    serving.close();
  }
}

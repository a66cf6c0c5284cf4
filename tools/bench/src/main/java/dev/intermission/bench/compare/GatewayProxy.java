package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The packaged gateway with one open proxy.
 *
 * @param upstream the port of its upstream
 * @param metrics the value of {@code admin.metrics}
 */
record GatewayProxy(GatewayLauncher launcher, int upstream, String metrics)
    implements Contender.Launcher {

  @Override
  public Serving launch(Path folder) {
    int port = FreePort.free();
    Path file = folder.resolve("gateway.yaml");
    try {
      Files.writeString(
          file,
          String.format(
              Locale.ROOT,
              """
              environment: production
              environments: [production]
              traffic: {host: 127.0.0.1, port: %d}
              admin: {port: %d, metrics: %s}
              projects:
                bench:
                  proxies:
                    open:
                      relativePathList: [/]
                      routingAddressList: [{address: "http://127.0.0.1:%d"}]
                      deployTo: [production]
              users:
                admin: {systemAdministrator: true}
              """,
              port,
              FreePort.free(),
              metrics,
              upstream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return launcher.start(
        List.of("serve", "--config=" + file, "--data=" + folder.resolve("data")),
        UUID.randomUUID().toString() + UUID.randomUUID(),
        Routes.url(port),
        folder);
  }
}

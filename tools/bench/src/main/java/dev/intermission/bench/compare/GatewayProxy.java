package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The packaged gateway with an open proxy, and another one beside it.
 *
 * @param upstream the port of its upstream
 * @param metrics the value of {@code admin.metrics}
 * @param recorded what it records of requests
 */
record GatewayProxy(GatewayLauncher launcher, int upstream, String metrics, Recorded recorded)
    implements Contender.Launcher {

  private static final String CONNECTIONS =
      "connections: [{name: file, type: LOGBACK_APPEND, path: access.jsonl}]";

  @Override
  public Serving launch(Path folder) {
    int port = FreePort.free();
    int adminPort = FreePort.free();
    String token = UUID.randomUUID().toString() + UUID.randomUUID();
    Path file = folder.resolve("gateway.yaml");
    try {
      Files.writeString(
          file,
          String.format(
              Locale.ROOT,
              """
              environment: production
              environments: [production]
              traffic: {host: 127.0.0.1, port: %d%s}
              %s
              admin: {port: %d, metrics: %s}
              projects:
                bench:
                  proxies:
                    open:
                      relativePathList: [/]
                      routingAddressList: [{address: "http://127.0.0.1:%d"}]
                      deployTo: [production]
                    other:
                      relativePathList: [/other]
                      routingAddressList: [{address: "http://127.0.0.1:%d"}]
                      deployTo: [production]
              users:
                admin: {systemAdministrator: true}
              """,
              port,
              recorded.isLogged() ? ", accessLog: " + recorded.accessLog() : "",
              recorded.isLogged() ? CONNECTIONS : "",
              adminPort,
              metrics,
              upstream,
              upstream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Serving serving =
        launcher.start(
            List.of("serve", "--config=" + file, "--data=" + folder.resolve("data")),
            token,
            Routes.url(port),
            folder);
    try {
      recorded.ask(new SettingsCall(adminPort, token), "open", "other");
    } catch (CompareException e) {
      serving.close();
      throw e;
    }
    return serving;
  }
}

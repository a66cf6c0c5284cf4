package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.gateway.client.output.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/**
 * Runs commands against a management API that says always the same. The launcher lets the JVM
 * archive the classes that this loads, so that real commands start in half the time.
 */
public final class Rehearsal {

  /** One answer for all calls: an overview, settings and the answer to a change. */
  private static final String ANSWER =
      """
      {"status":"SUCCESS","success":true,"resultCount":1,"totalCount":1,"resultList":[{"project":"P","name":"A",\
      "environmentName":"production","deployed":true,"closed":true,"since":"2026-07-01T10:00:00Z",\
      "startsAt":null,"endsAt":"2026-07-01T18:00:00+02:00","reopenAtEnd":true,"httpStatusCode":503,"revision":1,\
      "redeployRequired":true,"nodes":{"serving":1,"live":1,"behind":0}}],"deploymentResult":{"success":true,\
      "detailList":[{"envName":"production","podName":"g","success":true,"detail":"","responseTime":1.5}]},\
      "warnings":[{"code":"C","message":"M"}]}
      """;

  private Rehearsal() {}

  /** Runs the rehearsal, and ends the process with the exit code 0. */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path folder = Files.createTempDirectory("intermission");
    Path file = Files.createDirectories(folder.resolve("intermission")).resolve("contexts.yaml");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Rehearsal::answer);
    server.start();
    try {
      Files.writeString(
          file,
          "current: c\ncontexts:\n  c:\n    urls:\n    - http://127.0.0.1:"
              + server.getAddress().getPort()
              + "\n    token: t\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
      Screen screen = new Screen(InputStream.nullInputStream(), nowhere, nowhere, true);
      Client client =
          new Client(
              Map.of("XDG_CONFIG_HOME", folder.toString()),
              screen,
              Clock.systemUTC(),
              ZoneOffset.UTC);
      ClientCommands.run(client, "status");
      ClientCommands.run(client, "close", "A", "--for", "30m");
    } finally {
      server.stop(0);
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
      Files.deleteIfExists(folder);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = ANSWER.getBytes(UTF_8);
      exchange.getResponseHeaders().set("ETag", "\"1\"");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}

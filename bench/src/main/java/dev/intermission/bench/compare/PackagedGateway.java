package dev.intermission.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The sample gateway as it is packaged, with its demo: starts it, and closes one of its proxies.
 */
final class PackagedGateway implements AutoCloseable {

  private static final String READY = "Intermission is ready";
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final String CLOSE =
      "{\"enabled\":true,\"httpStatusCode\":503,\"deploy\":true,"
          + "\"message\":\"{\\\"message\\\":\\\"Back at six\\\"}\","
          + "\"deployTargetEnvironmentNameList\":[\"production\"]}";

  private final int port = Ports.free();
  private final int adminPort = Ports.free();
  private final String token = UUID.randomUUID().toString() + UUID.randomUUID();
  private final Serving serving;
  private final Duration untilReady;

  /**
   * Starts it, and returns when it is ready.
   *
   * @param folder an empty folder for its data
   */
  PackagedGateway(Jdk jdk, List<String> javaOptions, Path jar, Path folder) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString(), "demo", "--port=" + port));
    command.addAll(List.of("--admin-port=" + adminPort, "--data=" + folder.resolve("data")));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("INTERMISSION_ADMIN_TOKEN", token);
    builder.redirectError(folder.resolve("stderr").toFile());
    try {
      long start = System.nanoTime();
      Process process = builder.start();
      serving = new Serving("the gateway", process, url("/api/v1/orders"));
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      awaitReady(output, folder);
      untilReady = Duration.ofNanos(System.nanoTime() - start);
      drain(output);
    } catch (IOException e) {
      throw new CompareException("%s can't be run: %s".formatted(jar, e.getMessage()), e);
    }
  }

  private void awaitReady(BufferedReader output, Path folder) throws IOException {
    String line = output.readLine();
    while (line != null && !line.contains(READY)) {
      line = output.readLine();
    }
    if (line == null) {
      serving.close();
      throw new CompareException(
          "the gateway ended before it was ready:%n%s"
              .formatted(ScratchFolder.lastLines(folder.resolve("stderr"))));
    }
  }

  /** A process whose output nobody reads stops when the pipe is full. */
  private static void drain(BufferedReader output) {
    Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "gateway-output");
    drain.setDaemon(true);
    drain.start();
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
    URI call =
        URI.create(
            "http://127.0.0.1:%d/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/"
                .formatted(adminPort));
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(CLOSE))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CompareException(
            "PATCH %s was answered %d: %s".formatted(call, response.statusCode(), response.body()));
      }
    } catch (IOException e) {
      throw new CompareException("PATCH %s failed: %s".formatted(call, e), e);
    }
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  /** Stops it. */
  @Override
  public void close() {
    serving.close();
  }
}

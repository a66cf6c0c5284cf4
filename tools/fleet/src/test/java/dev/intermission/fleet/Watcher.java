package dev.intermission.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A client of the event stream that keeps what it is told, and goes on at the next admin node when
 * its own is lost.
 */
final class Watcher implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final List<String> admins;
  private final String token;
  private final SortedMap<String, JsonNode> lines = new TreeMap<>();
  private final Thread thread = new Thread(this::run, "watcher");
  private boolean complete;
  private int states;
  private int connections;
  private String lastId = "";
  private volatile boolean stopping;

  /** Watches production. */
  Watcher(List<String> admins, String token) {
    this.admins = List.copyOf(admins);
    this.token = token;
    thread.start();
  }

  private void run() {
    for (int next = 0; !stopping; next = (next + 1) % admins.size()) {
      try {
        follow(admins.get(next));
      } catch (IOException e) {
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(String admin) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(admin + "/apiops/maintenance/events/?environment=production"))
            .header("Authorization", "Bearer " + token);
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader text = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      connections++;
      String event = "";
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("id:")) {
          lastId = line.substring("id:".length()).strip();
        } else if (line.startsWith("data: ")) {
          take(event, JSON.readTree(line.substring("data: ".length())));
        }
      }
    }
  }

  private synchronized void take(String event, JsonNode data) {
    if (event.equals("state") && data.path("first").asBoolean()) {
      lines.clear();
      complete = false;
      states++;
    }
    data.path("resultList").forEach(line -> lines.put(key(line), line));
    data.path("gone").forEach(line -> lines.remove(key(line)));
    complete = complete || (event.equals("state") && data.path("last").asBoolean());
  }

  private static String key(JsonNode line) {
    return line.path("name").asText();
  }

  /** Returns the lines by name as they are known now; empty in the middle of a state. */
  synchronized SortedMap<String, JsonNode> lines() {
    return complete ? new TreeMap<>(lines) : new TreeMap<>();
  }

  @Override
  public synchronized String toString() {
    return connections + " connections with " + states + " whole states";
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
  }
}

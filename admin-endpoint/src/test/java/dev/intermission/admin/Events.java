package dev.intermission.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.admin.openapi.DescribedAnswers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client of the event stream, which reads it as WHATWG HTML section 9.2.6 says. */
public final class Events implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONG = Duration.ofMinutes(2);

  private final InputStream in;
  private final Deque<Event> events = new ArrayDeque<>();
  private boolean ended;
  private String lastId = "";

  /** An event; the id is the one that a client would go on from after it. */
  public record Event(String name, String lastId, JsonNode data) {}

  private Events(InputStream in) {
    this.in = in;
  }

  /** Opens a stream, and requires that it is one. */
  public static Events open(int port, String token, String query, @Nullable String lastId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/apiops/maintenance/events/" + query))
            .header("Authorization", "Bearer " + token);
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("text/event-stream");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    Events events = new Events(response.body());
    Thread reader = new Thread(events::read, "events");
    reader.setDaemon(true);
    reader.start();
    return events;
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            add(name, data.toString());
          }
          name = "";
          data.setLength(0);
        } else if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("id:")) {
          lastId = line.substring("id:".length()).strip();
        } else if (line.startsWith("data: ")) {
          data.append(line.substring("data: ".length()));
        }
      }
    } catch (IOException e) {
      // The end, by either side.
      return;
    } finally {
      synchronized (this) {
        ended = true;
      }
    }
  }

  private synchronized void add(String name, String data) throws IOException {
    events.add(new Event(name, lastId, JSON.readTree(data)));
  }

  private synchronized @Nullable Event poll() {
    return events.poll();
  }

  private synchronized boolean isOver() {
    return ended && events.isEmpty();
  }

  /** Waits for the next event that is no heartbeat. */
  public Event next() {
    return next(event -> !event.name().equals("heartbeat"));
  }

  /** Waits for the next event that is meant, and leaves out those before. */
  public Event next(Predicate<Event> meant) {
    while (true) {
      Event event = Awaitility.await().atMost(LONG).until(this::pollOrEnd, Objects::nonNull);
      DescribedAnswers.assertDescribed(event.name(), event.data());
      if (meant.test(event)) {
        return event;
      }
    }
  }

  private @Nullable Event pollOrEnd() {
    Event event = poll();
    if (event == null && isOver()) {
      throw new AssertionError("the stream ended");
    }
    return event;
  }

  /** Waits for the end. */
  public void awaitEnd() {
    Awaitility.await()
        .atMost(LONG)
        .until(
            () -> {
              poll();
              return isOver();
            });
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

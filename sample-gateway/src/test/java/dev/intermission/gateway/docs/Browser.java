package dev.intermission.gateway.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The first page of a Chromium, over its DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final Events events = new Events();
  private final AtomicInteger lastId = new AtomicInteger();
  private final WebSocket socket;

  /** Connects to the Chromium that listens for a debugger on this port. */
  Browser(int port) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    String pages =
        client
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    for (JsonNode page : JSON.readTree(pages)) {
      if (page.path("type").asText().equals("page")) {
        URI address = URI.create(page.path("webSocketDebuggerUrl").asText());
        socket = client.newWebSocketBuilder().buildAsync(address, events).join();
        return;
      }
    }
    throw new IllegalStateException("Chromium has no page: " + pages);
  }

  /** Sends a command with these parameters, and returns its result. */
  JsonNode send(String method, Map<String, ?> parameters) throws Exception {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    events.results.put(id, result);
    ObjectNode command = JsonNodeFactory.instance.objectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    socket.sendText(command.toString(), true).join();
    JsonNode answer = result.get(60, TimeUnit.SECONDS);
    if (answer.has("error")) {
      throw new IllegalStateException(method + ": " + answer);
    }
    return answer.path("result");
  }

  /** Returns the value of an expression in the page. */
  JsonNode evaluate(String expression) throws Exception {
    return send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .at("/result/value");
  }

  /** Returns the parameters of the events of this kind so far. */
  List<JsonNode> events(String method) {
    return events.all.stream()
        .filter(event -> event.path("method").asText().equals(method))
        .map(event -> event.path("params"))
        .toList();
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static final class Events implements WebSocket.Listener {

    private final Map<Integer, CompletableFuture<JsonNode>> results = new ConcurrentHashMap<>();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        take(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void take(String message) {
      try {
        JsonNode node = JSON.readTree(message);
        CompletableFuture<JsonNode> result = results.remove(node.path("id").asInt(-1));
        if (result == null) {
          all.add(node);
        } else {
          result.complete(node);
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(message, e);
      }
    }
  }
}

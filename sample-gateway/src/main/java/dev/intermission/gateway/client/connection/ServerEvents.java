package dev.intermission.gateway.client.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (WHATWG HTML, section 9.2) as this management API sends them. */
final class ServerEvents implements AutoCloseable {

  private final BufferedReader lines;

  /**
   * An event.
   *
   * @param id its id, which may be empty, or null if it has none
   */
  record Event(@Nullable String id, String name, JsonNode data) {}

  ServerEvents(InputStream stream) {
    lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
  }

  /** Waits for the next event, and returns it, or null at the end of the stream. */
  @Nullable Event next() throws IOException {
    String id = null;
    String name = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        JsonNode json = data.isEmpty() ? null : JsonBody.read(data.toString().getBytes(UTF_8));
        if (json != null) {
          return new Event(id, name, json);
        }
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(value);
        default -> {
          // A comment, or a field of another version.
        }
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

package dev.intermission.gateway.client.connection;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of the management API.
 *
 * @param path the path with its query, as it stands in the target
 * @param fields header fields beside the token and the correlation id
 * @param body the body, or null
 * @param repeatable whether it can be sent again when no answer came: nothing happens twice
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> fields,
    @Nullable String body,
    boolean repeatable) {

  private static final String JSON = "application/json";

  /** Copies the fields. */
  public ApiRequest {
    fields = Map.copyOf(fields);
  }

  /** Returns a read. */
  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, Map.of(), null, true);
  }

  /** Returns a change with a JSON body that must not be sent again. */
  public static ApiRequest post(String path, String body) {
    return new ApiRequest("POST", path, Map.of("Content-Type", JSON), body, false);
  }

  /** Returns a deletion, which must not be sent again. */
  public static ApiRequest delete(String path) {
    return new ApiRequest("DELETE", path, Map.of(), null, false);
  }

  /** Returns a change of settings by RFC 7396, where null resets a field. */
  public static ApiRequest mergePatch(String path, String body) {
    return new ApiRequest(
        "PATCH", path, Map.of("Content-Type", "application/merge-patch+json"), body, false);
  }

  /** Returns a change of settings where null keeps a field. */
  public static ApiRequest patch(String path, String body) {
    return new ApiRequest("PATCH", path, Map.of("Content-Type", JSON), body, false);
  }

  /** Returns the same change on the condition that nobody made another meanwhile. */
  public ApiRequest ifMatch(String tag) {
    Map<String, String> more = new HashMap<>(fields);
    more.put("If-Match", tag);
    return new ApiRequest(method, path, more, body, true);
  }

  /** Returns the same request, which changes nothing and so can be sent again. */
  public ApiRequest asRead() {
    return new ApiRequest(method, path, fields, body, true);
  }

  ApiRequest with(String name, String value) {
    Map<String, String> more = new HashMap<>(fields);
    more.put(name, value);
    return new ApiRequest(method, path, more, body, repeatable);
  }
}

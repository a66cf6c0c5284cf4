package dev.intermission.admin.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.intermission.admin.http.PathPattern;
import dev.intermission.admin.http.Refusal;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares answers of the management API with the OpenAPI file: status, header fields, media type
 * and body. The clients of the tests ask it about each answer.
 */
public final class DescribedAnswers {

  private static final OpenApiFile FILE = new OpenApiFile();
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RESPONSES = "/components/responses/";
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /** Those of a listener, which refuses a head before the management API sees it. */
  private static final Set<Integer> OF_LISTENER = Set.of(414, 431);

  private static final Map<String, PathPattern> PATTERNS = patterns();

  private DescribedAnswers() {}

  private static Map<String, PathPattern> patterns() {
    Map<String, PathPattern> patterns = new LinkedHashMap<>();
    FILE.root()
        .path("paths")
        .fieldNames()
        .forEachRemaining(
            path -> {
              if (path.startsWith("/apiops/")) {
                patterns.put(path, new PathPattern(path.replaceAll("^/apiops/|/$", "")));
              }
            });
    return patterns;
  }

  /**
   * Asserts that the file has such an answer. What is not of the management API passes: other
   * paths, and answers of the container, which have no correlation id.
   *
   * @param fields the header lines
   */
  public static void assertDescribed(
      String method, String target, int status, List<String> fields, String body) {
    String path = target.replaceFirst("\\?.*", "");
    boolean isApi = path.startsWith("/apiops/") || path.equals("/reload");
    if (!isApi || OF_LISTENER.contains(status) || field(fields, "X-Correlation-Id").isEmpty()) {
      return;
    }
    String what = "%s %s: %d %s %s".formatted(method, target, status, fields, body);
    String pointer = response(method, path, status);
    JsonNode response = FILE.at(pointer);
    assertThat(response.isObject()).as("%s is in the file for %s", pointer, what).isTrue();
    assertFields(FILE.target(pointer), fields, what);
    assertBody(FILE.target(pointer), method, fields, body, what);
  }

  /** Asserts it of an answer that a client of the JDK got, and returns the answer. */
  public static HttpResponse<String> assertDescribed(HttpResponse<String> answer) {
    List<String> fields =
        answer.headers().map().entrySet().stream()
            .flatMap(field -> field.getValue().stream().map(value -> field.getKey() + ": " + value))
            .toList();
    assertDescribed(
        answer.request().method(),
        answer.request().uri().getRawPath(),
        answer.statusCode(),
        fields,
        answer.body());
    return answer;
  }

  /** Asserts that the file has such an event of the overview. */
  public static void assertDescribed(String event, JsonNode data) {
    String schema =
        "/components/schemas/Maintenance"
            + event.substring(0, 1).toUpperCase(Locale.ROOT)
            + event.substring(1)
            + "Event";
    assertThat(FILE.at(schema).isObject()).as(event).isTrue();
    assertThat(FILE.faults(schema, data)).as("%s %s", event, data).isEmpty();
  }

  /** Returns the pointer of the response that the answer must be. */
  private static String response(String method, String path, int status) {
    Optional<String> template;
    try {
      template = template(path);
    } catch (Refusal malformed) {
      return only(status, 400, "BadRequest");
    }
    if (template.isEmpty()) {
      return only(status, 404, "NotFound");
    }
    if (method.equals("OPTIONS")) {
      return only(status, 204, "Options");
    }
    String item = "/paths" + OpenApiFile.part(template.get());
    String operation = method.equals("HEAD") ? "GET" : method;
    String pointer = item + "/" + operation.toLowerCase(Locale.ROOT);
    return METHODS.contains(operation) && FILE.at(pointer).isObject()
        ? pointer + "/responses/" + status
        : only(status, 405, "MethodNotAllowed");
  }

  private static String only(int status, int expected, String response) {
    assertThat(status).as(response).isEqualTo(expected);
    return RESPONSES + response;
  }

  private static Optional<String> template(String path) {
    if (path.equals("/reload")) {
      return Optional.of(path);
    }
    List<String> segments = PathPattern.segments(path).orElseThrow();
    return PATTERNS.entrySet().stream()
        .filter(entry -> entry.getValue().match(segments).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static void assertFields(String response, List<String> fields, String what) {
    FILE.at(response)
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              String pointer = FILE.target(response + "/headers/" + name);
              Optional<String> value = field(fields, name);
              if (value.isEmpty()) {
                assertThat(FILE.at(pointer).path("required").asBoolean())
                    .as("%s is needed in %s", name, what)
                    .isFalse();
              } else {
                boolean isNumber = FILE.at(pointer).at("/schema/type").asText().equals("integer");
                JsonNode node =
                    isNumber
                        ? JsonNodeFactory.instance.numberNode(Long.parseLong(value.get()))
                        : JsonNodeFactory.instance.textNode(value.get());
                assertThat(FILE.faults(pointer + "/schema", node)).as(what).isEmpty();
              }
            });
  }

  private static void assertBody(
      String response, String method, List<String> fields, String body, String what) {
    JsonNode content = FILE.at(response).path("content");
    if (content.isMissingNode()) {
      assertThat(body).as(what).isEmpty();
      assertThat(field(fields, "Content-Type")).as(what).isEmpty();
      return;
    }
    String type = field(fields, "Content-Type").orElse("").replaceFirst(";.*", "");
    assertThat(content.has(type)).as("%s is a type in the file for %s", type, what).isTrue();
    if (method.equals("HEAD")) {
      assertThat(body).as(what).isEmpty();
    } else if (type.equals("application/json")) {
      String schema = response + "/content" + OpenApiFile.part(type) + "/schema";
      assertThat(FILE.faults(schema, json(body))).as(what).isEmpty();
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("No JSON: " + text, e);
    }
  }

  private static Optional<String> field(List<String> fields, String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return fields.stream()
        .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(field -> field.substring(prefix.length()).strip())
        .findFirst();
  }
}

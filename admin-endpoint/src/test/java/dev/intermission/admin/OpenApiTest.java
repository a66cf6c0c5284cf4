package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.intermission.admin.reload.ReloadReport;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI file as it is served. */
class OpenApiTest extends UnchangedServerTest {

  private static final String YAML = "/apiops/openapi.yaml";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  @ParameterizedTest
  @CsvSource({
    "/apiops/openapi.yaml, application/yaml",
    "/apiops/openapi.json, application/json;charset=utf-8"
  })
  void isServedWithoutAToken(String path, String type) throws Exception {
    Http.Answer answer = send(Http.request("GET", path));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.field("Content-Type")).isEqualToIgnoringCase(type);
    assertThat(answer.field("Cache-Control")).isEqualTo("no-cache");
    assertThat(new YAMLMapper().readTree(answer.body()).path("openapi").asText())
        .isEqualTo("3.1.0");

    Http.Answer head = send(Http.request("HEAD", path));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String field : new String[] {"Content-Length", "Content-Type", "ETag", "Cache-Control"}) {
      assertThat(head.field(field)).isEqualTo(answer.field(field));
    }
  }

  @Test
  void jsonSaysTheSameAsYaml() throws Exception {
    JsonNode yaml = new YAMLMapper().readTree(send(Http.request("GET", YAML)).body());
    JsonNode json =
        new JsonMapper().readTree(send(Http.request("GET", "/apiops/openapi.json")).body());
    assertThat(json).isEqualTo(yaml);
  }

  @Test
  void isNotSentAgainToThoseWhoHaveIt() throws Exception {
    String etag = send(Http.request("GET", YAML)).field("ETag");
    Http.Answer again = send(Http.request("GET", YAML).with("If-None-Match", etag));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.field("ETag")).isEqualTo(etag);
    assertThat(again.field("Cache-Control")).isEqualTo("no-cache");
    assertThat(send(Http.request("GET", YAML).with("If-None-Match", "\"x\"")).status())
        .isEqualTo(200);
    assertThat(send(Http.request("GET", YAML).with("If-Match", "\"x\"")).status()).isEqualTo(412);
    assertThat(send(Http.request("GET", "/apiops/openapi.json")).field("ETag")).isNotEqualTo(etag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void canNotBeChanged(String method) throws Exception {
    Http.Answer answer = send(Http.request(method, YAML).token(server.token("admin")));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void hasThePathsAndMethodsThatAreServedAndNoOthers() throws Exception {
    AdminServlet servlet =
        new AdminServlet(
            new AdminStores(
                server.store.settings(),
                server.store.history(),
                server.store.audit(),
                server.store.tokens(),
                server.store.operations(),
                server.store.traces()),
            server.feed,
            AdminOptions.DEFAULTS,
            Clock.systemUTC(),
            () -> ReloadReport.refused(List.of()));
    Map<String, Set<String>> served = new TreeMap<>();
    servlet.routes().forEach((path, methods) -> served.put(nameless(path), new TreeSet<>(methods)));
    assertThat(described()).isEqualTo(served);
  }

  private Map<String, Set<String>> described() throws Exception {
    Map<String, Set<String>> described = new TreeMap<>();
    new YAMLMapper()
        .readTree(send(Http.request("GET", YAML)).body())
        .path("paths")
        .properties()
        .forEach(
            path -> {
              Set<String> methods = new TreeSet<>();
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(
                      name -> {
                        if (METHODS.contains(name)) {
                          methods.add(name.toUpperCase(Locale.ROOT));
                        }
                      });
              described.put(nameless(path.getKey()), methods);
            });
    return described;
  }

  private static String nameless(String path) {
    return path.replaceAll("\\{[^}]*}", "{}").replaceFirst("/$", "");
  }
}

package dev.intermission.admin.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the OpenAPI file must be, whatever it describes. */
class OpenApiFileTest {

  private static final Path JSON_FILE =
      Path.of("src/main/resources/dev/intermission/admin/openapi/openapi.json");

  private final OpenApiFile file = new OpenApiFile();

  /** Maven's option {@code -DwriteTexts} writes the JSON file anew. */
  @Test
  void jsonFileIsTheYamlFile() throws IOException {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    String text = json.writeValueAsString(file.root()).replace("\r\n", "\n") + "\n";
    if (Boolean.getBoolean("writeTexts")) {
      Files.writeString(JSON_FILE, text);
    }
    assertThat(Files.readString(JSON_FILE, UTF_8))
        .as(
            "write it anew with: mvn -pl admin-endpoint -am test -Dtest=OpenApiFileTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -DwriteTexts")
        .isEqualTo(text);
  }

  @Test
  void eachReferenceLeadsSomewhere() {
    for (JsonNode reference : file.root().findValues("$ref")) {
      assertThat(reference.asText()).startsWith("#/components/");
      assertThat(file.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
  }

  @Test
  void eachOperationHasAName() {
    List<String> names = new ArrayList<>();
    for (JsonNode operation : operations()) {
      names.add(operation.path("operationId").asText());
      assertThat(operation.path("summary").asText()).isNotEmpty();
      assertThat(operation.path("tags")).hasSize(1);
      assertThat(file.root().path("tags").findValuesAsText("name"))
          .contains(operation.path("tags").path(0).asText());
    }
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
  }

  @Test
  void eachOperationTellsItsErrors() {
    for (JsonNode operation : operations()) {
      Set<String> statuses = new HashSet<>();
      operation.path("responses").fieldNames().forEachRemaining(statuses::add);
      assertThat(statuses).as(operation.path("operationId").asText()).contains("200", "400", "500");
      if (!operation.has("security")) {
        assertThat(statuses).contains("401", "503");
      }
    }
  }

  /** Otherwise the answers could have fields that the file does not name. */
  @Test
  void noObjectOfAnAnswerHasOtherFields() {
    Map<String, JsonNode> open = new java.util.TreeMap<>();
    file.root()
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              JsonNode body = schema.getValue();
              if (body.has("properties") && body.path("additionalProperties").asBoolean(true)) {
                open.put(schema.getKey(), body);
              }
            });
    // OAuth ignores fields of the form that it does not know.
    assertThat(open).containsOnlyKeys("TokenRequest");
  }

  @Test
  void examplesAreValid() {
    List<String> checked = new ArrayList<>();
    checkExamples("", file.root(), checked);
    assertThat(checked.size()).isGreaterThan(20);
  }

  private void checkExamples(String pointer, JsonNode node, List<String> checked) {
    String schema = pointer + "/schema";
    if (node.has("schema") && node.has("example")) {
      assertThat(file.faults(schema, node.path("example"))).as(pointer).isEmpty();
      checked.add(pointer);
    }
    if (node.has("schema") && node.has("examples")) {
      for (JsonNode example : node.path("examples")) {
        assertThat(file.faults(schema, example.path("value"))).as(pointer).isEmpty();
        checked.add(pointer);
      }
    }
    node.properties()
        .forEach(
            child ->
                checkExamples(
                    pointer + OpenApiFile.part(child.getKey()), child.getValue(), checked));
  }

  private List<JsonNode> operations() {
    List<JsonNode> operations = new ArrayList<>();
    for (JsonNode item : file.root().path("paths")) {
      item.forEach(
          node -> {
            if (node.has("operationId")) {
              operations.add(node);
            }
          });
    }
    return operations;
  }
}

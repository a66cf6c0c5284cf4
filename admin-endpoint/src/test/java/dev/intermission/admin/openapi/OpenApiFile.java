package dev.intermission.admin.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The OpenAPI file, as a tree, with its schemas. */
final class OpenApiFile {

  private static final String LOCATION = "https://example.com/openapi.json";

  private final JsonNode root;
  private final SchemaRegistry registry;

  OpenApiFile() {
    try (InputStream in = OpenApiResource.class.getResourceAsStream("openapi.yaml")) {
      root = new YAMLMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi31(),
            builder ->
                builder.schemaRegistryConfig(config).schemas(Map.of(LOCATION, root.toString())));
  }

  JsonNode root() {
    return root;
  }

  /** Returns the node at a JSON pointer; where it refers to another one, that one. */
  JsonNode at(String pointer) {
    JsonNode node = root.at(pointer);
    return node.has("$ref") ? at(node.path("$ref").asText().substring(1)) : node;
  }

  /** Returns the pointer of the node that this one is, or refers to. */
  String target(String pointer) {
    JsonNode node = root.at(pointer);
    return node.has("$ref") ? target(node.path("$ref").asText().substring(1)) : pointer;
  }

  /** Returns what is wrong with a value by the schema at this pointer. */
  List<String> faults(String pointer, JsonNode value) {
    Schema schema = registry.getSchema(SchemaLocation.of(LOCATION + "#" + pointer));
    return schema.validate(value).stream().map(Object::toString).toList();
  }

  /** Returns the name as a part of a JSON pointer. */
  static String part(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}

package dev.intermission.gateway.client.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": [1, null, 2.5]}\r\n", " [] ", "\"closed\"", "2", "true", "null"})
  void oneValueIsJson(String text) {
    assertThat(JsonBody.read(text.getBytes(UTF_8))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "2 hours of maintenance", "true, we are closed", "{} {}", "[1", "{\"a\""})
  void allElseIsNone(String text) {
    assertThat(JsonBody.read(text.getBytes(UTF_8))).isNull();
  }
}

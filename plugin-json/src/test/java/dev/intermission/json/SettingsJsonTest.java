package dev.intermission.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.api.ContentType;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsJsonTest {

  private static final MaintenanceSettings BEFORE =
      new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "zur\u00fcck um 6");

  private static MaintenanceSettings merge(String body, boolean resets) {
    StrictReader reader = new StrictReader(JsonText.object(body));
    MaintenanceSettings merged = SettingsJson.FORM.merge(reader, BEFORE, resets);
    assertThat(reader.faults()).isEmpty();
    return merged;
  }

  @Test
  void defaultsAreNotStored() {
    assertThat(SettingsJson.canonical(MaintenanceSettings.DEFAULT)).isEqualTo("{}");
    assertThat(SettingsJson.read("{}")).isEqualTo(MaintenanceSettings.DEFAULT);
    assertThat(SettingsJson.canonical(BEFORE))
        .isEqualTo(
            "{\"contentType\":\"text/plain\",\"enabled\":true,\"httpStatusCode\":503,\"message\":\"zur\u00fcck um 6\"}");
    assertThat(SettingsJson.read(SettingsJson.canonical(BEFORE))).isEqualTo(BEFORE);
  }

  /** Stores hold these digests: another form of the text would make each API look changed. */
  @Test
  void digestIsTheSha256OfTheCanonicalText() {
    assertThat(SettingsJson.digest("{}"))
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Test
  void publishedFieldsAreAlwaysAnswered() throws Exception {
    JsonMapper mapper = JsonMapper.builder().addModule(new SettingsModule()).build();
    String json = mapper.writeValueAsString(MaintenanceSettings.DEFAULT);
    assertThat(json)
        .startsWith(
            "{\"enabled\":false,\"httpStatusCode\":403,\"contentType\":\"application/json; charset=utf-8\",\"message\":\"{");
    assertThat(mapper.readValue(json, MaintenanceSettings.class))
        .isEqualTo(MaintenanceSettings.DEFAULT);
  }

  @Test
  void mergeKeepsWhatTheBodyDoesNotName() {
    assertThat(merge("{}", false)).isEqualTo(BEFORE);
    assertThat(merge("{\"enabled\":false}", false))
        .isEqualTo(new MaintenanceSettings(false, 503, BEFORE.contentType(), "zur\u00fcck um 6"));
    assertThat(merge("{\"httpStatusCode\":429}", false))
        .isEqualTo(new MaintenanceSettings(true, 429, BEFORE.contentType(), "zur\u00fcck um 6"));
    assertThat(merge("{\"contentType\":\"a/b\"}", false))
        .isEqualTo(
            new MaintenanceSettings(true, 503, ContentType.parse("a/b"), "zur\u00fcck um 6"));
    assertThat(merge("{\"message\":\"\"}", false))
        .isEqualTo(new MaintenanceSettings(true, 503, BEFORE.contentType(), ""));
  }

  @Test
  void nullKeepsOrResets() {
    String nulls =
        "{\"enabled\":null,\"httpStatusCode\":null,\"contentType\":null,\"message\":null}";
    assertThat(merge(nulls, false)).isEqualTo(BEFORE);
    assertThat(merge(nulls, true)).isEqualTo(MaintenanceSettings.DEFAULT);
  }

  @Test
  void typeAloneIsRefusedIfTheKeptMessageDoesNotFitItsCharset() {
    assertThatThrownBy(() -> merge("{\"contentType\":\"text/plain; charset=us-ascii\"}", false))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("U+00FC at index 3, which the charset US-ASCII lacks");
  }

  @Test
  void fieldOfANewerProgramIsSkippedInWhatIsStored() {
    assertThat(SettingsJson.read("{\"enabled\":true,\"new\":{\"x\":[1]}}").enabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"enabled\":null}",
        "{\"enabled\":\"true\"}",
        "{\"httpStatusCode\":204}",
        "{\"httpStatusCode\":503.0}",
        "{\"contentType\":\"text\"}",
        "{\"contentType\":\"text/plain; charset=us-ascii\",\"message\":\"\u00fc\"}"
      })
  void textThatWasNeverStoredIsRefused(String text) {
    assertThatThrownBy(() -> SettingsJson.read(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.intermission.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.intermission.api.FieldError;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a record whose fields are of all the kinds that settings will have. */
class JsonFormTest {

  private record Header(String name, String value) {}

  private record Window(
      boolean closed,
      int percent,
      @Nullable OffsetDateTime endsAt,
      List<String> paths,
      List<Header> headers) {}

  private static final Window DEFAULT = new Window(false, 0, null, List.of(), List.of());

  private static final JsonField<Window, Boolean> CLOSED =
      new JsonField<>("closed", 1, JsonType.BOOLEAN, Window::closed);
  private static final JsonField<Window, Integer> PERCENT =
      new JsonField<>(
          "percent",
          2,
          JsonType.integer(
              n -> n >= 0 && n <= 99, found -> "is " + found + "; allowed are 0 to 99"),
          Window::percent);
  private static final JsonField<Window, OffsetDateTime> ENDS_AT =
      new JsonField<>(
          "endsAt",
          3,
          JsonType.STRING.as(JsonFormTest::time, OffsetDateTime::toString),
          Window::endsAt);
  private static final JsonField<Window, List<String>> PATHS =
      new JsonField<>("paths", 3, JsonType.STRING.array(), Window::paths);
  private static final JsonField<Header, String> NAME =
      new JsonField<>("name", 1, JsonType.STRING, Header::name);
  private static final JsonField<Header, String> VALUE =
      new JsonField<>("value", 1, JsonType.STRING, Header::value);
  private static final JsonField<Window, List<Header>> HEADERS =
      new JsonField<>(
          "headers",
          4,
          JsonForm.objects(
                  "objects with name and value",
                  List.of(NAME, VALUE),
                  values -> new Header(values.get(NAME), values.get(VALUE)))
              .array(),
          Window::headers);

  private static final JsonForm<Window> FORM =
      new JsonForm<>(
          DEFAULT,
          List.of(CLOSED, PERCENT, ENDS_AT, PATHS, HEADERS),
          values ->
              new Window(
                  values.get(CLOSED),
                  values.get(PERCENT),
                  values.get(ENDS_AT),
                  values.get(PATHS),
                  values.get(HEADERS)));

  private static final String ALL =
      """
      {"closed":true,"endsAt":"2026-07-01T12:00+02:00","headers":[{"name":"a","value":"b"}],\
      "paths":["/x","/y"],"percent":5}""";

  private static OffsetDateTime time(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is no time", e);
    }
  }

  private static String canonical(Window window) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      FORM.writeCanonical(window, json);
    }
    return text.toString();
  }

  private static Window read(String text) {
    return FORM.read(JsonText.object(text));
  }

  @Test
  void eachKindIsReadAndWritten() throws IOException {
    Window all =
        new Window(
            true,
            5,
            OffsetDateTime.parse("2026-07-01T12:00:00+02:00"),
            List.of("/x", "/y"),
            List.of(new Header("a", "b")));
    assertThat(read(ALL)).isEqualTo(all);
    assertThat(canonical(all)).isEqualTo(ALL);
    assertThat(canonical(DEFAULT)).isEqualTo("{}");
  }

  @Test
  void formatIsThatOfTheNewestFieldInUse() {
    assertThat(FORM.format()).isEqualTo(4);
    assertThat(FORM.formatOf(DEFAULT)).isEqualTo(1);
    assertThat(FORM.formatOf(read("{\"closed\":true}"))).isEqualTo(1);
    Window window = read("{\"closed\":true,\"percent\":1,\"paths\":[\"/x\"]}");
    assertThat(FORM.formatOf(window)).isEqualTo(3);
    assertThat(FORM.used(window)).isEqualTo(Map.of("closed", 1, "percent", 2, "paths", 3));
  }

  @Test
  void whatANewerProgramAddsIsSkippedInsideOfObjectsToo() {
    assertThat(read("{\"headers\":[{\"name\":\"a\",\"value\":\"b\",\"new\":1}],\"newer\":[]}"))
        .isEqualTo(new Window(false, 0, null, List.of(), List.of(new Header("a", "b"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"percent":100}                | percent | is 100; allowed are 0 to 99 (line 1, column 12)
          {"endsAt":"noon"}              | endsAt  | is no time (line 1, column 11)
          {"endsAt":5}                   | endsAt  | is the number 5; allowed is a string (line 1, column 11)
          {"paths":["/x",1]}             | paths   | has an element that is the number 1; allowed are strings (line 1, column 16)
          {"headers":{}}                 | headers | is an object; allowed is an array of objects with name and value (line 1, column 12)
          {"headers":["a"]}              | headers | has an element that is the string "a"; allowed are objects with name and value (line 1, column 13)
          {"headers":[{"name":"a"}]}     | headers | has an element that lacks the field value (line 1, column 13)
          {"headers":[{"name":"a","value":"b","x":1}]} | headers | has an element that has the field x; allowed are name, value (line 1, column 13)
          {"headers":[{"name":"a","name":"b","value":"c"}]} | headers | has an element that has the field name more than once (line 1, column 13)
          {"headers":[{"name":1,"value":"b"}]} | headers | has an element whose name is the number 1; allowed is a string (line 1, column 13)
          """)
  void faultOfABodyIsNamed(String body, String field, String message) {
    StrictReader reader = new StrictReader(JsonText.object(body));
    Window saved = read(ALL);
    Window merged = FORM.merge(reader, saved, false);
    assertThat(reader.faults()).containsExactly(new FieldError(field, message));
    assertThat(merged.closed()).isTrue();
  }

  @Test
  void aFieldThatIsForgottenIsNoticedAtOnce() {
    assertThatThrownBy(
            () ->
                new JsonForm<>(
                    DEFAULT,
                    List.of(CLOSED, PERCENT, PATHS, HEADERS),
                    values ->
                        new Window(
                            values.get(CLOSED),
                            values.get(PERCENT),
                            values.get(ENDS_AT),
                            values.get(PATHS),
                            values.get(HEADERS))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

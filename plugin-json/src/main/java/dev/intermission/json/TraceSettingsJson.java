package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.intermission.api.Moment;
import dev.intermission.api.trace.TraceSettings;
import java.io.IOException;
import java.util.List;

/**
 * The JSON form of {@link TraceSettings}, in the published words (contract section 12), as the
 * store and the audit have it.
 */
public final class TraceSettingsJson {

  /** The type of a time. */
  public static final JsonType<Moment> MOMENT = JsonType.STRING.as(Moment::parse, Moment::value);

  private static final JsonField<TraceSettings, Boolean> ENABLED =
      new JsonField<>("enableTraceLog", 1, JsonType.BOOLEAN, TraceSettings::enabled);
  private static final JsonField<TraceSettings, Moment> START =
      new JsonField<>("startTime", 1, MOMENT, TraceSettings::start);
  private static final JsonField<TraceSettings, Moment> STOP =
      new JsonField<>("stopTime", 1, MOMENT, TraceSettings::stop);
  private static final JsonField<TraceSettings, String> ENVIRONMENT =
      new JsonField<>("environmentName", 1, JsonType.STRING, TraceSettings::environment);

  /** All fields. */
  static final JsonForm<TraceSettings> FORM =
      new JsonForm<>(
          TraceSettings.DEFAULT,
          List.of(ENABLED, START, STOP, ENVIRONMENT),
          values ->
              new TraceSettings(
                  values.get(ENABLED),
                  values.get(START),
                  values.get(STOP),
                  values.get(ENVIRONMENT)));

  private TraceSettingsJson() {}

  /** Writes all fields that have a value. */
  static void write(TraceSettings settings, JsonGenerator json) throws IOException {
    FORM.writePublished(settings, json);
  }

  /** Returns the settings as a text; equal settings have the same text. */
  public static String write(TraceSettings settings) {
    return FORM.canonical(settings);
  }

  /**
   * Returns the settings of a text that this program or another version of it wrote; fields that it
   * does not know are skipped.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static TraceSettings read(String text) {
    return FORM.read(text);
  }
}

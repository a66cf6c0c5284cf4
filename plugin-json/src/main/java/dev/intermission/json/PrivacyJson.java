package dev.intermission.json;

import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON form of {@link PrivacyDefinition}, in the words of the published privacy presets. */
final class PrivacyJson {

  private static final JsonField<PrivacyDefinition, String> ID = skipped("id");
  private static final JsonField<PrivacyDefinition, String> PROJECT_ID = skipped("projectId");
  private static final JsonField<PrivacyDefinition, String> BUILT_IN = skipped("builtIn");
  private static final JsonField<PrivacyDefinition, String> NAME =
      field("name", JsonType.STRING, PrivacyDefinition::name);
  private static final JsonField<PrivacyDefinition, Boolean> ENABLED =
      field("enabled", JsonType.BOOLEAN, PrivacyDefinition::enabled);
  private static final JsonField<PrivacyDefinition, PrivacyPattern> PATTERN_TYPE =
      field(
          "patternType",
          JsonType.STRING.as(PrivacyDefinition::patternType, Enum::name),
          PrivacyDefinition::patternType);
  private static final JsonField<PrivacyDefinition, String> ELEMENT_NAME =
      field("elementName", JsonType.STRING, PrivacyDefinition::elementName);
  private static final JsonField<PrivacyDefinition, String> REGEX_PATTERN =
      field("regexPattern", JsonType.STRING, PrivacyDefinition::regexPattern);
  private static final JsonField<PrivacyDefinition, PrivacyOperation> OPERATION =
      new JsonField<>(
          "operation",
          1,
          JsonType.STRING.as(PrivacyOperation::parse, Enum::name),
          PrivacyDefinition::operation);
  private static final JsonField<PrivacyDefinition, MaskMode> MASK_MODE =
      field("maskMode", JsonType.STRING.as(Mask::mode, Enum::name), masked(mask -> mask.mode()));
  private static final JsonField<PrivacyDefinition, String> MASK_PATTERN =
      field("maskPattern", JsonType.STRING, masked(Mask::text));
  private static final JsonField<PrivacyDefinition, Integer> MASK_CHARS =
      field(
          "maskVisibleCharCount",
          JsonType.integer(
              chars -> chars >= 0 && chars <= PrivacyDefinition.MAX_CHARS,
              found -> "is " + found + "; allowed are 0 to " + PrivacyDefinition.MAX_CHARS),
          masked(mask -> mask.mode() == MaskMode.FIXED ? null : mask.chars()));

  /** An object with patternType and operation, and what goes with them. */
  static final JsonType<PrivacyDefinition> TYPE =
      JsonForm.objects(
          "objects with operation, and with elementName or another patternType",
          List.of(
              ID,
              PROJECT_ID,
              BUILT_IN,
              NAME,
              ENABLED,
              PATTERN_TYPE,
              ELEMENT_NAME,
              REGEX_PATTERN,
              OPERATION,
              MASK_MODE,
              MASK_PATTERN,
              MASK_CHARS),
          PrivacyJson::make);

  private PrivacyJson() {}

  private static PrivacyDefinition make(JsonForm.Values<PrivacyDefinition> values) {
    @Nullable Boolean enabled = values.get(ENABLED);
    @Nullable PrivacyPattern pattern = values.get(PATTERN_TYPE);
    return new PrivacyDefinition(
        values.get(NAME),
        enabled == null || enabled,
        pattern == null ? PrivacyPattern.ELEMENT_NAME : pattern,
        values.get(ELEMENT_NAME),
        values.get(REGEX_PATTERN),
        values.get(OPERATION),
        Mask.of(values.get(MASK_MODE), values.get(MASK_PATTERN), values.get(MASK_CHARS)));
  }

  private static <T> JsonField<PrivacyDefinition, T> field(
      String name, JsonType<T> type, Function<PrivacyDefinition, @Nullable T> get) {
    return new JsonField<>(name, 1, type, get).optional();
  }

  private static JsonField<PrivacyDefinition, String> skipped(String name) {
    return field(name, JsonType.SKIPPED, definition -> null);
  }

  /** Returns what gets a value of the mask where values are masked, and null elsewhere. */
  private static <T> Function<PrivacyDefinition, @Nullable T> masked(
      Function<Mask, @Nullable T> get) {
    return definition ->
        definition.operation() == PrivacyOperation.MASK ? get.apply(definition.mask()) : null;
  }
}

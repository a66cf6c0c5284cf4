package dev.intermission.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.api.AddressRange;
import dev.intermission.api.ContentType;
import dev.intermission.api.Cors;
import dev.intermission.api.Exemptions;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ResponseField;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Variant;
import dev.intermission.api.Window;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The JSON form of {@link MaintenanceSettings}, in the words of a PATCH (contract section 2). The
 * management API, the store, the feed and a node's snapshot all use this one.
 *
 * <p>A field that comes new is declared here: its name, the next number of {@link #FORMAT}, its
 * type, and where it is in the record.
 */
public final class SettingsJson {

  private static final JsonType<Integer> ALLOWED_STATUS =
      JsonType.integer(MaintenanceSettings::isAllowedStatus, MaintenanceSettings::statusNotAllowed);
  private static final JsonType<ContentType> TYPE =
      JsonType.STRING.as(ContentType::parse, ContentType::value);

  private static final JsonField<MaintenanceSettings, Boolean> ENABLED =
      new JsonField<>("enabled", 1, JsonType.BOOLEAN, MaintenanceSettings::enabled);
  private static final JsonField<MaintenanceSettings, Integer> STATUS =
      new JsonField<>("httpStatusCode", 1, ALLOWED_STATUS, MaintenanceSettings::httpStatusCode);
  private static final JsonField<MaintenanceSettings, ContentType> CONTENT_TYPE =
      new JsonField<>("contentType", 1, TYPE, MaintenanceSettings::contentType);
  private static final JsonField<MaintenanceSettings, String> MESSAGE =
      new JsonField<>("message", 1, JsonType.STRING, MaintenanceSettings::message);
  private static final JsonType<Moment> MOMENT = JsonType.STRING.as(Moment::parse, Moment::value);
  private static final JsonField<MaintenanceSettings, Moment> STARTS_AT =
      new JsonField<>("startsAt", 2, MOMENT, settings -> settings.window().startsAt());
  private static final JsonField<MaintenanceSettings, Moment> ENDS_AT =
      new JsonField<>("endsAt", 2, MOMENT, settings -> settings.window().endsAt());
  private static final JsonField<MaintenanceSettings, Boolean> REOPEN_AT_END =
      new JsonField<>(
          "reopenAtEnd", 2, JsonType.BOOLEAN, settings -> settings.window().reopenAtEnd());
  private static final JsonField<MaintenanceSettings, Integer> RETRY_AFTER =
      new JsonField<>(
          "retryAfterSeconds",
          2,
          JsonType.integer(RetryAfter::isAllowed, RetryAfter::notAllowed),
          settings -> settings.retryAfter().seconds());
  private static final JsonField<MaintenanceSettings, Integer> RETRY_SPREAD =
      new JsonField<>(
          "retrySpreadSeconds",
          2,
          JsonType.integer(RetryAfter::isAllowedSpread, RetryAfter::spreadNotAllowed),
          settings -> settings.retryAfter().spreadSeconds());
  private static final JsonField<ResponseField, String> NAME =
      new JsonField<>("name", 1, JsonType.STRING, ResponseField::name);
  private static final JsonField<ResponseField, String> VALUE =
      new JsonField<>("value", 1, JsonType.STRING, ResponseField::value);
  private static final JsonField<MaintenanceSettings, List<ResponseField>> HEADERS =
      new JsonField<>(
          "headers",
          3,
          JsonForm.objects(
                  "objects with name and value",
                  List.of(NAME, VALUE),
                  values -> new ResponseField(values.get(NAME), values.get(VALUE)))
              .array()
              .as(ResponseField::together, headers -> headers),
          MaintenanceSettings::headers);
  private static final JsonField<MaintenanceSettings, List<String>> CORS_ORIGINS =
      new JsonField<>(
          "corsAllowedOrigins",
          5,
          JsonType.STRING
              .as(Cors::element, origin -> origin)
              .array()
              .as(Cors::together, origins -> origins),
          settings -> settings.cors().allowedOrigins());
  private static final JsonField<MaintenanceSettings, Boolean> CORS_CREDENTIALS =
      new JsonField<>(
          "corsAllowCredentials",
          5,
          JsonType.BOOLEAN,
          settings -> settings.cors().allowCredentials());

  private static final JsonField<Variant, ContentType> VARIANT_TYPE =
      new JsonField<>("contentType", 1, TYPE, Variant::contentType);
  private static final JsonField<Variant, String> VARIANT_MESSAGE =
      new JsonField<>("message", 1, JsonType.STRING, Variant::message).optional();
  private static final JsonField<Variant, Integer> VARIANT_STATUS =
      new JsonField<>("httpStatusCode", 1, ALLOWED_STATUS, Variant::httpStatusCode).optional();
  private static final JsonField<MaintenanceSettings, List<Variant>> VARIANTS =
      new JsonField<>(
          "variants",
          4,
          JsonForm.objects(
                  "objects with contentType, message and httpStatusCode",
                  List.of(VARIANT_TYPE, VARIANT_MESSAGE, VARIANT_STATUS),
                  values ->
                      new Variant(
                          values.get(VARIANT_TYPE),
                          values.get(VARIANT_MESSAGE),
                          values.get(VARIANT_STATUS)))
              .array()
              .as(Variant::together, variants -> variants),
          MaintenanceSettings::variants);

  private static final JsonField<MaintenanceSettings, List<String>> CLOSED_METHODS =
      new JsonField<>(
          "closedMethods",
          6,
          JsonType.STRING
              .as(Exemptions::method, method -> method)
              .array()
              .as(Exemptions::methods, methods -> methods),
          settings -> settings.exemptions().closedMethods());
  private static final JsonField<MaintenanceSettings, List<String>> OPEN_PATHS =
      new JsonField<>(
          "openPaths",
          6,
          JsonType.STRING
              .as(Exemptions::path, path -> path)
              .array()
              .as(Exemptions::paths, paths -> paths),
          settings -> settings.exemptions().openPaths());
  private static final JsonField<MaintenanceSettings, List<AddressRange>> OPEN_TO_ADDRESSES =
      new JsonField<>(
          "openToAddresses",
          6,
          JsonType.STRING
              .as(AddressRange::parse, AddressRange::value)
              .array()
              .as(Exemptions::addresses, addresses -> addresses),
          settings -> settings.exemptions().openToAddresses());
  private static final JsonField<MaintenanceSettings, Integer> ADMIT_PERCENT =
      new JsonField<>(
          "admitPercent",
          6,
          JsonType.integer(Exemptions::isAllowedPercent, Exemptions::percentNotAllowed),
          settings -> settings.exemptions().admitPercent());
  private static final JsonField<MaintenanceSettings, String> ADMIT_BY =
      new JsonField<>(
          "admitBy",
          6,
          JsonType.STRING.as(Exemptions::fieldName, name -> name),
          settings -> settings.exemptions().admitBy());

  /** All fields. */
  public static final JsonForm<MaintenanceSettings> FORM =
      new JsonForm<>(
          MaintenanceSettings.DEFAULT,
          List.of(
              ENABLED,
              STATUS,
              CONTENT_TYPE,
              MESSAGE,
              STARTS_AT,
              ENDS_AT,
              REOPEN_AT_END,
              RETRY_AFTER,
              RETRY_SPREAD,
              HEADERS,
              VARIANTS,
              CORS_ORIGINS,
              CORS_CREDENTIALS,
              CLOSED_METHODS,
              OPEN_PATHS,
              OPEN_TO_ADDRESSES,
              ADMIT_PERCENT,
              ADMIT_BY),
          values ->
              new MaintenanceSettings(
                  values.get(ENABLED),
                  values.get(STATUS),
                  values.get(CONTENT_TYPE),
                  values.get(MESSAGE),
                  new Window(values.get(STARTS_AT), values.get(ENDS_AT), values.get(REOPEN_AT_END)),
                  new RetryAfter(values.get(RETRY_AFTER), values.get(RETRY_SPREAD)),
                  values.get(HEADERS),
                  values.get(VARIANTS),
                  new Cors(values.get(CORS_ORIGINS), values.get(CORS_CREDENTIALS)),
                  new Exemptions(
                      values.get(CLOSED_METHODS),
                      values.get(OPEN_PATHS),
                      values.get(OPEN_TO_ADDRESSES),
                      values.get(ADMIT_PERCENT),
                      values.get(ADMIT_BY))));

  /** The number of the newest format, which is the one that this program reads and writes. */
  public static final int FORMAT = FORM.format();

  private SettingsJson() {}

  /**
   * Returns the settings as they are stored: the fields that are not at their default, by name.
   * Equal settings have the same text, and other settings have another.
   */
  public static String canonical(MaintenanceSettings settings) {
    return FORM.canonical(settings);
  }

  /** Returns the SHA-256 of a canonical text, as 64 lower-case hexadecimal digits. */
  public static String digest(String canonical) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(canonical.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the settings of a text that this program or another version of it wrote; fields that it
   * does not know are skipped.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static MaintenanceSettings read(String text) {
    return FORM.read(text);
  }
}

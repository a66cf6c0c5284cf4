package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.BypassToken;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * The JSON form of {@link ProxyParts}: an object with a field for each part that a proxy has. The
 * store, the feed and a node's snapshot use this one. It has no format number as settings have,
 * since a reader that skips a part is still right about what is closed.
 */
public final class PartsJson {

  private static final JsonType<Instant> INSTANT =
      JsonType.STRING.as(PartsJson::instant, Instant::toString);
  private static final JsonField<BypassToken, String> ID =
      new JsonField<>("id", 1, JsonType.STRING, BypassToken::id);
  private static final JsonField<BypassToken, String> DESCRIPTION =
      new JsonField<>("description", 1, JsonType.STRING, BypassToken::description);
  private static final JsonField<BypassToken, String> HASH =
      new JsonField<>("hash", 1, JsonType.STRING, BypassToken::hash);
  private static final JsonField<BypassToken, String> USERNAME =
      new JsonField<>("username", 1, JsonType.STRING, BypassToken::username);
  private static final JsonField<BypassToken, Instant> CREATED =
      new JsonField<>("created", 1, INSTANT, BypassToken::created);
  private static final JsonField<BypassToken, Instant> EXPIRES =
      new JsonField<>("expires", 1, INSTANT, BypassToken::expires);
  private static final JsonField<ProxyParts, List<BypassToken>> BYPASS_TOKENS =
      new JsonField<>(
          "bypassTokens",
          1,
          JsonForm.objects(
                  "bypass tokens",
                  List.of(ID, DESCRIPTION, HASH, USERNAME, CREATED, EXPIRES),
                  values ->
                      new BypassToken(
                          values.get(ID),
                          values.get(DESCRIPTION),
                          values.get(HASH),
                          values.get(USERNAME),
                          values.get(CREATED),
                          values.get(EXPIRES)))
              .array(),
          ProxyParts::bypassTokens);

  private static final JsonField<ProxyParts, AdmissionSalt> ADMISSION_SALT =
      new JsonField<>(
          "admissionSalt",
          1,
          JsonType.STRING.as(AdmissionSalt::parse, AdmissionSalt::text),
          ProxyParts::admissionSalt);

  /** Settings that can't be read, since a newer program wrote them, let nothing be logged. */
  private static final JsonField<ProxyParts, TrafficLogSettings> TRAFFIC_LOG =
      new JsonField<>(
          "trafficLog",
          1,
          TrafficLogJson.FORM.type("settings of the traffic log").orNone(),
          ProxyParts::trafficLog);

  private static final JsonField<ProxyParts, HashSalt> HASH_SALT =
      new JsonField<>(
          "hashSalt", 1, JsonType.STRING.as(HashSalt::new, HashSalt::text), ProxyParts::hashSalt);

  private static final JsonField<TraceWindow, Instant> TRACED_FROM =
      new JsonField<>("from", 1, INSTANT, TraceWindow::from);
  private static final JsonField<TraceWindow, Instant> TRACED_UNTIL =
      new JsonField<>("until", 1, INSTANT, TraceWindow::until);

  /** A window that can't be read, since a newer program wrote it, lets nothing be recorded. */
  private static final JsonField<ProxyParts, TraceWindow> TRACE =
      new JsonField<>(
          "trace",
          1,
          JsonForm.objects(
                  "trace",
                  List.of(TRACED_FROM, TRACED_UNTIL),
                  values -> new TraceWindow(values.get(TRACED_FROM), values.get(TRACED_UNTIL)))
              .orNone(),
          ProxyParts::trace);

  private static final JsonForm<ProxyParts> FORM =
      new JsonForm<>(
          ProxyParts.NONE,
          List.of(BYPASS_TOKENS, ADMISSION_SALT, TRAFFIC_LOG, HASH_SALT, TRACE),
          values ->
              new ProxyParts(
                  values.get(BYPASS_TOKENS),
                  values.get(ADMISSION_SALT),
                  values.get(TRAFFIC_LOG),
                  values.get(HASH_SALT),
                  values.get(TRACE)));

  private PartsJson() {}

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is no instant", e);
    }
  }

  /** Writes the parts that a proxy has. */
  static void write(ProxyParts parts, JsonGenerator json) throws IOException {
    FORM.writeCanonical(parts, json);
  }

  /** Returns the parts as a text; equal parts have the same text. */
  public static String write(ProxyParts parts) {
    return FORM.canonical(parts);
  }

  /**
   * Returns the parts of an object that this program or another version of it wrote; parts that it
   * does not know are skipped.
   *
   * @throws IllegalArgumentException if it is no such object
   */
  static ProxyParts read(JsonValue object) {
    return FORM.read(object);
  }

  /**
   * Returns the parts of a text.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static ProxyParts read(String text) {
    return FORM.read(text);
  }
}

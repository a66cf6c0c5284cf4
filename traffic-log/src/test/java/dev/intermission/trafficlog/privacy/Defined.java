package dev.intermission.trafficlog.privacy;

import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.trafficlog.capture.BodyCapture;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.CapturedField;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules for tests, and what they make of texts. */
final class Defined {

  static final HashSalt SALT = new HashSalt("0123456789abcdef".repeat(4));

  private Defined() {}

  static PrivacyDefinition element(String name, PrivacyOperation operation) {
    return new PrivacyDefinition(
        null, true, PrivacyPattern.ELEMENT_NAME, name, null, operation, Mask.DEFAULT);
  }

  static PrivacyDefinition masked(String name, MaskMode mode, int chars) {
    return new PrivacyDefinition(
        null,
        true,
        PrivacyPattern.ELEMENT_NAME,
        name,
        null,
        PrivacyOperation.MASK,
        new Mask(mode, "*", chars));
  }

  static PrivacyDefinition pattern(
      PrivacyPattern type, @Nullable String regex, PrivacyOperation operation) {
    return new PrivacyDefinition(null, true, type, null, regex, operation, Mask.DEFAULT);
  }

  static Redaction redaction(PrivacyDefinition... definitions) {
    return new Redaction(PrivacyRules.of(List.of(definitions), SALT));
  }

  /** Returns what is left of a body that came whole. */
  static String body(Redaction by, String mediaType, String text) {
    return body(by, mediaType, text, StandardCharsets.UTF_8, 65_536);
  }

  static String body(Redaction by, String mediaType, String text, Charset charset, int limit) {
    BodyCapture body = new BodyCapture(limit, new CaptureMemory(CaptureMemory.DEFAULT_BYTES));
    body.add(ByteBuffer.wrap(text.getBytes(charset)));
    body.end();
    return by.body(body.body(), limit, List.of(new CapturedField("Content-Type", mediaType)));
  }
}

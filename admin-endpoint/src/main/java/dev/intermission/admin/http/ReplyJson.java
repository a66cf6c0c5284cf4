package dev.intermission.admin.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.json.SettingsModule;
import dev.intermission.json.TraceModule;
import dev.intermission.json.TrafficLogModule;

/** Writes the bodies of answers as JSON. */
public final class ReplyJson {

  public static final String MEDIA_TYPE = "application/json;charset=UTF-8";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .addModule(new SettingsModule())
          .addModule(new TrafficLogModule())
          .addModule(new TraceModule())
          .build();

  private ReplyJson() {}

  /** Returns the value as an object to which fields may be added. */
  public static ObjectNode object(Object value) {
    return JSON.valueToTree(value);
  }

  /** Returns the body in UTF-8. */
  public static byte[] write(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer of our own can be written as JSON", e);
    }
  }
}

package dev.intermission.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.api.CorrelationId;
import dev.intermission.json.SettingsModule;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes replies, with the header fields that every answer has (contract section 1). */
final class ReplyWriter {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .addModule(new SettingsModule())
          .build();
  private static final String JSON_TYPE = "application/json;charset=UTF-8";

  private ReplyWriter() {}

  static void write(Reply reply, Call call, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(CorrelationId.HEADER, call.correlationId());
    response.setHeader(CorrelationId.PUBLISHED_HEADER, call.correlationId());
    reply.fields().forEach(response::setHeader);
    Object content = reply.body();
    if (content == null) {
      return;
    }
    byte[] body =
        content instanceof Reply.Document document
            ? document.text().getBytes(UTF_8)
            : json(content);
    response.setHeader(
        "Content-Type",
        content instanceof Reply.Document document ? document.mediaType() : JSON_TYPE);
    response.setContentLength(body.length);
    if (!call.method().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  private static byte[] json(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer of our own can be written as JSON", e);
    }
  }
}

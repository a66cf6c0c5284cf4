package dev.intermission.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.ReplyJson;
import dev.intermission.api.CorrelationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes replies, with the header fields that every answer has (contract section 1). */
final class ReplyWriter {

  private ReplyWriter() {}

  static void write(
      Reply reply, Call call, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(reply.status());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader(CorrelationId.HEADER, call.correlationId());
    response.setHeader(CorrelationId.PUBLISHED_HEADER, call.correlationId());
    reply.fields().forEach(response::setHeader);
    Object content = reply.body();
    if (content == null) {
      return;
    }
    if (content instanceof Reply.Stream stream) {
      response.setHeader("Content-Type", stream.mediaType());
      if (!call.method().equals("HEAD")) {
        stream.writing().begin(request.startAsync());
      }
      return;
    }
    byte[] body =
        content instanceof Reply.Document document
            ? document.text().getBytes(UTF_8)
            : ReplyJson.write(content);
    response.setHeader(
        "Content-Type",
        content instanceof Reply.Document document ? document.mediaType() : ReplyJson.MEDIA_TYPE);
    response.setContentLength(body.length);
    if (!call.method().equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }
}

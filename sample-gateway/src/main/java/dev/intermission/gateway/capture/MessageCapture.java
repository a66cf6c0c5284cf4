package dev.intermission.gateway.capture;

import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.trafficlog.capture.BodyCapture;
import dev.intermission.trafficlog.capture.CaptureMemory;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedField;
import dev.intermission.trafficlog.capture.CapturedMessage;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** What is captured of one message. The fields are guarded by whoever holds it. */
final class MessageCapture {

  private final boolean wantsFields;
  private final @Nullable BodyCapture body;
  private @Nullable HttpFields head;

  MessageCapture(CaptureWish wish, LogRegion region, CaptureMemory memory) {
    int characters = wish.characters(region);
    body = characters == 0 ? null : new BodyCapture(characters, memory);
    wantsFields = wish.wantsFields(region);
  }

  /** Takes the fields, if anybody wants them; another head takes the place of the one before. */
  void head(HttpFields fields) {
    head = wantsFields ? HttpFields.build(fields).asImmutable() : null;
  }

  /** Returns what keeps the body, or null if nobody wants it. */
  @Nullable BodyCapture body() {
    return body;
  }

  /** Returns the message, which is over. */
  CapturedMessage message(@Nullable String query) {
    List<CapturedField> fields = new ArrayList<>();
    if (head != null) {
      for (HttpField field : head) {
        String value = field.getValue();
        fields.add(new CapturedField(field.getName(), value == null ? "" : value));
      }
    }
    return new CapturedMessage(query, fields, body == null ? null : body.body());
  }

  /** Gives back what it has kept. */
  void release() {
    if (body != null) {
      body.release();
    }
  }
}

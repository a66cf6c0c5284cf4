package dev.intermission.trafficlog.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.trafficlog.capture.CapturedBody;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedField;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Outcome;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import dev.intermission.trafficlog.privacy.RedactedBody;
import dev.intermission.trafficlog.privacy.Redaction;
import dev.intermission.trafficlog.record.RecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the record of an exchange, of whose proxy each request is recorded. */
final class TraceWriter {

  /** The most bytes of a body's text, in UTF-8. */
  static final int MOST_BYTES_OF_A_BODY = 65_536;

  private static final String NO_MEMORY =
      "[left out: too much was captured at the time to keep any of it]";

  private static final JsonFactory FACTORY = new JsonFactory();

  private final CapturedExchange exchange;
  private final Redaction privacy;
  private final JsonGenerator json;

  private TraceWriter(CapturedExchange exchange, PrivacyRules rules, JsonGenerator json) {
    this.exchange = exchange;
    privacy = new Redaction(rules);
    this.json = json;
  }

  /** Returns the record. */
  static TraceRecord write(CapturedExchange exchange, ProxyId proxy, PrivacyRules rules) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TraceLine line;
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      line = new TraceWriter(exchange, rules, json).write(proxy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TraceRecord(line, bytes.toString(StandardCharsets.UTF_8));
  }

  private TraceLine write(ProxyId proxy) throws IOException {
    String method = privacy.plain(exchange.method());
    String path = privacy.plain(exchange.path());
    String target = target();
    TraceLine line =
        new TraceLine(
            TraceIds.next(exchange.time()),
            proxy,
            // As the store keeps it: a list from the time of a record has that record.
            exchange.time().truncatedTo(ChronoUnit.MILLIS),
            method,
            path,
            exchange.status(),
            exchange.outcome().name(),
            target,
            exchange.times().totalMillis());
    json.writeStartObject();
    text("id", line.id());
    text("time", line.time().toString());
    text("correlationId", privacy.sentIn(RecordWriter.ID_FIELDS, exchange.correlationId()));
    text("method", method);
    text("path", path);
    text("protocol", exchange.protocol());
    text("host", privacy.sentIn(List.of("Host"), exchange.host()));
    text("peerAddress", privacy.sentIn(RecordWriter.ADDRESS_FIELDS, exchange.remoteAddress()));
    json.writeNumberField("status", line.status());
    text("result", line.result());
    text("error", exchange.error());
    String passage = exchange.passage();
    text("passage", passage == null ? null : passage.toLowerCase(Locale.ROOT));
    text("target", target);
    json.writeNumberField("millis", line.millis());
    times(exchange.times());
    messages(method, path);
    json.writeArrayFieldStart("detected");
    for (String label : privacy.detected()) {
      json.writeString(label);
    }
    json.writeEndArray();
    json.writeEndObject();
    return line;
  }

  private @Nullable String target() {
    if (exchange.outcome() == Outcome.BLOCKED) {
      return RecordWriter.MAINTENANCE;
    }
    String upstream = exchange.upstream();
    return upstream == null ? null : privacy.plain(upstream) + query(sentQuery());
  }

  /** Returns the query as it was sent, or as it would have been. */
  private @Nullable String sentQuery() {
    return wasSent() ? exchange.toTarget().query() : exchange.fromClient().query();
  }

  private boolean wasSent() {
    return exchange.times().connected() != CapturedTimes.NEVER;
  }

  private String query(@Nullable String query) {
    return query == null ? "" : "?" + privacy.query(query);
  }

  private void times(CapturedTimes times) throws IOException {
    json.writeObjectFieldStart("times");
    TraceTimes parts = TraceTimes.of(times, exchange.status() != 0);
    time("gate", parts.gate());
    time("connection", parts.connection());
    time("upstream", parts.upstream());
    time("response", parts.response());
    json.writeEndObject();
  }

  private void time(String name, @Nullable Double millis) throws IOException {
    if (millis == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, millis);
    }
  }

  private void messages(String method, String path) throws IOException {
    request("fromClient", method, path, exchange.fromClient());
    if (wasSent() && exchange.upstream() != null) {
      request("toTarget", method, path(exchange.upstream()), exchange.toTarget());
    } else {
      json.writeNullField("toTarget");
    }
    response("fromTarget", exchange.upstreamStatus(), exchange.fromTarget());
    response("toClient", exchange.status(), exchange.toClient());
  }

  private String path(String upstream) {
    int authority = upstream.indexOf("://") + "://".length();
    int path = upstream.indexOf('/', authority);
    return privacy.plain(path < 0 ? "/" : upstream.substring(path));
  }

  private void request(String name, String method, String path, CapturedMessage message)
      throws IOException {
    json.writeObjectFieldStart(name);
    text("method", method);
    text("target", path + query(message.query()));
    content(message, hasBody(message));
    json.writeEndObject();
  }

  private void response(String name, int status, CapturedMessage message) throws IOException {
    if (status == 0) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("status", status);
    content(message, hasBody(message));
    json.writeEndObject();
  }

  /** Returns whether it has one, be it one of which nothing has come. */
  private static boolean hasBody(CapturedMessage message) {
    CapturedBody body = message.body();
    if (body == null || body.length() > 0 || body.isWhole()) {
      return body != null && body.length() > 0;
    }
    return message.fields().stream().anyMatch(TraceWriter::tellsOfBody);
  }

  private static boolean tellsOfBody(CapturedField field) {
    return field.name().equalsIgnoreCase("Transfer-Encoding")
        || (field.name().equalsIgnoreCase("Content-Length") && !field.value().equals("0"));
  }

  private void content(CapturedMessage message, boolean hasBody) throws IOException {
    json.writeArrayFieldStart("fields");
    for (CapturedField field : message.fields()) {
      json.writeStartObject();
      text("name", field.name());
      text("value", privacy.field(field.name(), field.value()));
      json.writeEndObject();
    }
    json.writeEndArray();
    CapturedBody body = message.body();
    if (body == null || !hasBody) {
      json.writeNullField("body");
      return;
    }
    boolean isLost = body.length() > 0 && body.bytes().length == 0;
    RedactedBody read =
        isLost
            ? new RedactedBody(NO_MEMORY, false)
            : privacy.read(body, MOST_BYTES_OF_A_BODY, message.fields());
    String text = cut(read.text());
    json.writeObjectFieldStart("body");
    text("text", text);
    json.writeNumberField("length", body.length());
    json.writeBooleanField("complete", read.isWhole() && text.length() == read.text().length());
    json.writeEndObject();
  }

  /** Returns as much of a text as is no longer in UTF-8 than a body may be. */
  private static String cut(String text) {
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > MOST_BYTES_OF_A_BODY) {
        return text.substring(0, at);
      }
      at += Character.charCount(character);
    }
    return text;
  }

  private void text(String name, @Nullable String value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }
}

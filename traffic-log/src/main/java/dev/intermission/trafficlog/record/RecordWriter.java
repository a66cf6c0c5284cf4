package dev.intermission.trafficlog.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.intermission.api.CorrelationId;
import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.LogMetadata;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.capture.CapturedTimes;
import dev.intermission.trafficlog.capture.Outcome;
import dev.intermission.trafficlog.privacy.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the record of an exchange: one JSON object, without a line break. */
public final class RecordWriter {

  /** The address of what a closed API has answered. */
  public static final String MAINTENANCE = "apinizer://maintenance";

  /** The fields in which a client may send what becomes the correlation id. */
  public static final List<String> ID_FIELDS =
      List.of(CorrelationId.HEADER, CorrelationId.PUBLISHED_HEADER);

  /** The fields that the gateway tells the address of the connection in. */
  public static final List<String> ADDRESS_FIELDS = List.of("X-Forwarded-For");

  private static final JsonFactory FACTORY = new JsonFactory();

  private final CapturedExchange exchange;
  private final LogInForce what;
  private final Redaction privacy;
  private final JsonGenerator json;

  private RecordWriter(CapturedExchange exchange, RecordForm form, JsonGenerator json) {
    this.exchange = exchange;
    what = form.what();
    privacy = new Redaction(form.privacy());
    this.json = json;
  }

  /** Returns the record, in UTF-8. */
  public static byte[] write(CapturedExchange exchange, RecordForm form) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      new RecordWriter(exchange, form, json).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeStringField("@timestamp", exchange.time().truncatedTo(ChronoUnit.MILLIS).toString());
    if (has(LogMetadata.IDENTIFICATION)) {
      text("aci", privacy.sentIn(ID_FIELDS, exchange.correlationId()));
      text("ei", exchange.environment());
      text("pi", exchange.proxy() == null ? null : exchange.proxy().project());
    }
    if (has(LogMetadata.API_PROXY)) {
      text("apn", exchange.proxy() == null ? null : exchange.proxy().name());
      text("aprp", exchange.proxyPath());
    }
    if (has(LogMetadata.REQUEST)) {
      text("hr1ra", privacy.sentIn(ADDRESS_FIELDS, exchange.remoteAddress()));
      text("hr1hm", privacy.plain(exchange.method()));
      text("hr1pi", privacy.plain(exchange.path()));
      text("hr1p", exchange.protocol());
      text("hr1sn", privacy.sentIn(List.of("Host"), exchange.host()));
    }
    if (has(LogMetadata.RESPONSE)) {
      json.writeNumberField("sc", exchange.status());
      text("rt", exchange.outcome().name());
      text("et", exchange.error());
      text("passage", lower(exchange.passage()));
    }
    if (has(LogMetadata.SENT_ADDRESS)) {
      boolean isBlocked = exchange.outcome() == Outcome.BLOCKED;
      String upstream = exchange.upstream();
      text("ra", isBlocked ? MAINTENANCE : upstream == null ? null : privacy.plain(upstream));
    }
    if (has(LogMetadata.METRICS)) {
      metrics();
    }
    messages();
    detected(privacy.detected());
    json.writeEndObject();
  }

  private void metrics() throws IOException {
    long routing = exchange.times().routingMillis();
    if (routing != CapturedTimes.NEVER) {
      json.writeNumberField("trt", routing);
    }
    json.writeNumberField("tapt", exchange.times().totalMillis());
    json.writeNumberField("sr1t", exchange.requestBytes());
    json.writeNumberField("sr2t", exchange.responseBytes());
  }

  private void messages() throws IOException {
    CapturedMessage fromClient = exchange.fromClient();
    query("fcrp", LogPart.PARAM_REQUEST_FROM_CLIENT, fromClient);
    fields("fcrh", LogPart.HEADER_REQUEST_FROM_CLIENT, fromClient);
    body("fcrb", LogPart.BODY_REQUEST_FROM_CLIENT, fromClient);
    CapturedMessage toTarget = exchange.toTarget();
    query("tbap", LogPart.PARAM_REQUEST_TO_TARGET, toTarget);
    fields("tbah", LogPart.HEADER_REQUEST_TO_TARGET, toTarget);
    body("tbab", LogPart.BODY_REQUEST_TO_TARGET, toTarget);
    fields("fbarh", LogPart.HEADER_RESPONSE_FROM_TARGET, exchange.fromTarget());
    body("fbarb", LogPart.BODY_RESPONSE_FROM_TARGET, exchange.fromTarget());
    fields("tch", LogPart.HEADER_RESPONSE_TO_CLIENT, exchange.toClient());
    body("tcb", LogPart.BODY_RESPONSE_TO_CLIENT, exchange.toClient());
  }

  private void query(String name, LogPart part, CapturedMessage message) throws IOException {
    if (what.parts().contains(part) && message.query() != null) {
      json.writeStringField(name, privacy.query(message.query()));
    }
  }

  private void fields(String name, LogPart part, CapturedMessage message) throws IOException {
    if (what.parts().contains(part) && !message.fields().isEmpty()) {
      json.writeStringField(name, privacy.fields(message.fields()));
    }
  }

  private void body(String name, LogPart part, CapturedMessage message) throws IOException {
    int limit = what.sizes().getOrDefault(part.region(), 0);
    if (what.parts().contains(part) && message.body() != null && limit > 0) {
      json.writeStringField(name, privacy.body(message.body(), limit, message.fields()));
    }
  }

  private void detected(Set<String> labels) throws IOException {
    if (labels.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("detected");
    for (String label : labels) {
      json.writeString(label);
    }
    json.writeEndArray();
  }

  private boolean has(LogMetadata group) {
    return what.metadata().contains(group);
  }

  private static @Nullable String lower(@Nullable String word) {
    return word == null ? null : word.toLowerCase(Locale.ROOT);
  }

  private void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}

package dev.intermission.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.api.ProxyId;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON form of a {@link TraceReport}:
 *
 * <pre>{@code
 * {"records":[{"id":"…","project":"…","proxy":"…","time":1782900000000,"method":"GET","path":"/orders",
 *    "status":200,"result":"SUCCESS","target":"…","millis":12,"document":{…}}],
 *  "dropped":[{"project":"…","proxy":"…","count":7}]}
 * }</pre>
 *
 * <p>It is read strictly, since it comes from another machine and is shown to operators: each value
 * has its type and is bounded, and a document is a JSON object. Fields that a reader does not know
 * are skipped, since nodes of different versions talk to each other. No message of a failure has
 * anything of what was recorded.
 */
public final class TraceReportJson {

  /** The most bytes of a report. */
  public static final int MOST_BYTES = 4 << 20;

  private static final int DEEPEST = 100;

  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              // The names of others' fields must not fill a table for the life of the process.
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxStringLength(MOST_BYTES)
                      .build())
              .build());

  private TraceReportJson() {}

  /**
   * Returns the report as JSON in UTF-8.
   *
   * @throws IllegalArgumentException if it is too large, or a document is no JSON
   */
  public static byte[] write(TraceReport report) {
    // A text first: what writes bytes fails at half of a surrogate pair, and this puts a ? there.
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("records");
      for (TraceRecord record : report.records()) {
        write(out, record);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("dropped");
      for (Map.Entry<ProxyId, Long> each : report.dropped().entrySet()) {
        out.writeStartObject();
        write(out, each.getKey());
        out.writeNumberField("count", each.getValue());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw withoutCause("a document of the report is no JSON", e);
    }
    byte[] json = text.toString().getBytes(UTF_8);
    if (json.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the report has " + json.length + " bytes; allowed are " + MOST_BYTES);
    }
    return json;
  }

  private static void write(JsonGenerator out, TraceRecord record) throws IOException {
    TraceLine line = record.line();
    out.writeStartObject();
    out.writeStringField("id", line.id());
    write(out, line.proxy());
    out.writeNumberField("time", line.time().toEpochMilli());
    out.writeStringField("method", line.method());
    out.writeStringField("path", line.path());
    out.writeNumberField("status", line.status());
    out.writeStringField("result", line.result());
    out.writeStringField("target", line.target());
    out.writeNumberField("millis", line.millis());
    out.writeFieldName("document");
    out.writeTree(JSON.readTree(record.document()));
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, ProxyId proxy) throws IOException {
    out.writeStringField("project", proxy.project());
    out.writeStringField("proxy", proxy.name());
  }

  /**
   * Returns the report that was written.
   *
   * @throws UnreadableSnapshotException if it is none, or not one that is allowed
   */
  public static TraceReport read(byte[] json) {
    try (JsonParser in = JSON.createParser(json)) {
      if (json.length > MOST_BYTES) {
        throw new IllegalArgumentException("more than " + MOST_BYTES + " bytes");
      }
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object");
      }
      List<TraceRecord> records = new ArrayList<>();
      Map<ProxyId, Long> dropped = new HashMap<>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        in.nextToken();
        switch (field) {
          case "records" -> each(in, fields -> records.add(record(fields)));
          case "dropped" -> each(in, fields -> drop(fields, dropped));
          default -> in.skipChildren();
        }
      }
      if (in.nextToken() != null) {
        throw new IllegalArgumentException("more after the object");
      }
      return new TraceReport(records, dropped);
    } catch (IOException e) {
      throw new UnreadableSnapshotException("is no report of traced requests: no JSON");
    } catch (IllegalArgumentException e) {
      throw new UnreadableSnapshotException(
          "is no report of traced requests: " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Element {
    void take(TraceFields fields);
  }

  /** Reads the elements of an array one after the other, so that one alone is in memory twice. */
  private static void each(JsonParser in, Element element) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException("no array");
    }
    int count = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      count++;
      if (count > TraceReport.MOST_RECORDS) {
        throw new IllegalArgumentException("more than " + TraceReport.MOST_RECORDS + " elements");
      }
      element.take(TraceFields.read(in, JSON));
    }
  }

  private static TraceRecord record(TraceFields fields) {
    return new TraceRecord(
        new TraceLine(
            fields.id("id"),
            fields.proxy(),
            fields.time("time"),
            fields.text("method"),
            fields.text("path"),
            (int) fields.number("status", TraceFields.HIGHEST_STATUS),
            fields.word("result"),
            fields.textOrNull("target"),
            fields.number("millis", Long.MAX_VALUE)),
        fields.document());
  }

  private static void drop(TraceFields fields, Map<ProxyId, Long> dropped) {
    dropped.merge(fields.proxy(), fields.number("count", TraceFields.MOST_DROPPED), Math::max);
  }

  /** The cause may quote what was recorded. */
  private static IllegalArgumentException withoutCause(String message, IOException cause) {
    IllegalArgumentException fault = new IllegalArgumentException(message);
    fault.setStackTrace(cause.getStackTrace());
    return fault;
  }
}

package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Variant;
import dev.intermission.gate.Answer.Field;
import java.util.ArrayList;
import java.util.List;

/** Makes the answers of a gate: those of closed proxies, and those of its own. */
final class AnswerFactory {

  private static final Answer CLOSED_TO_GRPC = grpc(MessageTemplate.FAULT_MESSAGE);
  private static final Answer NOT_READY_TO_GRPC = grpc("The gateway is starting");

  private static final Answer AMBIGUOUS_PATH =
      of(
          new MaintenanceSettings(
              true,
              400,
              ContentType.parse("application/json; charset=utf-8"),
              "{\"fault\":{\"correlationId\":\"#CORRELATIONID#\",\"faultCode\":\"AMBIGUOUS_PATH\","
                  + "\"faultString\":\"The path has more than "
                  + PathDoubts.MOST
                  + " slashes and places that servers read in different ways\","
                  + "\"faultStatusCode\":\"400\",\"responseFromApi\":\"\"}}"),
          new SharedSecond(),
          grpc("The path can be read in too many ways"));

  private AnswerFactory() {}

  /** Returns the answer of a closed proxy with these settings. */
  static Answer of(MaintenanceSettings settings, SharedSecond now) {
    return of(settings, now, CLOSED_TO_GRPC);
  }

  private static Answer of(MaintenanceSettings settings, SharedSecond now, Answer toGrpc) {
    RetryTime retry = RetryTime.of(settings, now);
    List<Field> fields = new ArrayList<>();
    if (retry.isFixed() && retry.seconds() != RetryTime.NONE) {
      fields.add(new Field(Answer.RETRY_AFTER, Long.toString(retry.seconds())));
    }
    settings.headers().forEach(own -> fields.add(new Field(own.name(), own.value())));
    CorsFields cors = CorsFields.of(settings.cors());
    String vary = vary(!settings.variants().isEmpty(), cors != null);
    if (!vary.isEmpty()) {
      fields.add(new Field(Answer.VARY, vary));
    }
    if (settings.variants().isEmpty()) {
      return new Answer(settings, retry, fields, toGrpc, null, cors);
    }
    List<Negotiation.Form> variants = new ArrayList<>();
    for (Variant variant : settings.variants()) {
      MaintenanceSettings form = Negotiation.form(settings, variant);
      Answer answer = new Answer(form, RetryTime.of(form, now), fields, toGrpc, null, cors);
      variants.add(new Negotiation.Form(variant.contentType(), answer));
    }
    Negotiation negotiation = new Negotiation(settings.contentType(), variants);
    return new Answer(settings, retry, fields, toGrpc, negotiation, cors);
  }

  private static String vary(boolean byAccept, boolean byOrigin) {
    if (byAccept) {
      return byOrigin ? "Accept, " + CorsFields.VARY : "Accept";
    }
    return byOrigin ? CorsFields.VARY : "";
  }

  /** Returns the answer of a gate that does not know yet what is closed. */
  static Answer notReady() {
    return of(
        new MaintenanceSettings(
                true,
                503,
                ContentType.parse("text/plain; charset=utf-8"),
                "The gateway is starting and does not know yet which APIs are under maintenance. Please try again.\n")
            .withRetryAfter(new RetryAfter(1, 0)),
        new SharedSecond(),
        NOT_READY_TO_GRPC);
  }

  /** Returns the refusal of a path that can be read in too many ways. */
  static Answer ambiguousPath() {
    return AMBIGUOUS_PATH;
  }

  private static Answer grpc(String text) {
    MaintenanceSettings settings =
        new MaintenanceSettings(true, 200, ContentType.parse(Grpc.TYPE), "");
    return new Answer(
        settings,
        RetryTime.of(settings, new SharedSecond()),
        List.of(
            new Field("grpc-status", Grpc.UNAVAILABLE),
            new Field("grpc-message", Grpc.message(text))),
        null,
        null,
        null);
  }
}

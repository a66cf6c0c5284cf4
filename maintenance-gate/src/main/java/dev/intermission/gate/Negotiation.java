package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The forms of one answer, among which a request chooses (RFC 9110 section 12.5.1; contract section
 * 3). Immutable.
 */
final class Negotiation {

  /** One form of the answer. */
  record Form(ContentType type, Answer answer) {}

  private static final String SOAP_1_1 = "text/xml";
  private static final String SOAP_1_2 = "application/soap+xml";

  private final ContentType fallback;
  private final List<Form> variants;
  private final @Nullable Answer toSoap11;
  private final @Nullable Answer toSoap12;

  /** Takes the type of the published fields, and the other forms in the order of the settings. */
  Negotiation(ContentType fallback, List<Form> variants) {
    this.fallback = fallback;
    this.variants = List.copyOf(variants);
    toSoap11 = first(SOAP_1_1);
    toSoap12 = first(SOAP_1_2);
  }

  /** Returns the settings of a proxy as if a variant were all that it answers with. */
  static MaintenanceSettings form(MaintenanceSettings settings, Variant variant) {
    Integer own = variant.httpStatusCode();
    int status = own == null ? settings.httpStatusCode() : own;
    ContentType type = variant.contentType();
    String message = variant.message();
    return settings.withResponse(
        status, type, message == null ? ProblemDetails.message(settings, status, type) : message);
  }

  private @Nullable Answer first(String essence) {
    return variants.stream()
        .filter(form -> form.type().essence().equals(essence))
        .findFirst()
        .map(Form::answer)
        .orElse(null);
  }

  /** Returns the form for a request, or null for the fallback. */
  @Nullable Answer chosen(RequestHead request) {
    String accept = request.field("Accept");
    List<MediaRange> ranges = accept == null ? List.of() : AcceptParser.ranges(accept);
    for (MediaRange range : ranges) {
      if (!range.isAnything()) {
        return mostWanted(ranges);
      }
    }
    Answer toSoap = toSoap(request);
    return toSoap != null || ranges.isEmpty() ? toSoap : mostWanted(ranges);
  }

  private @Nullable Answer toSoap(RequestHead request) {
    if (toSoap11 == null && toSoap12 == null) {
      return null;
    }
    String type = request.contentType();
    if (isOfType(type, SOAP_1_1)) {
      return toSoap11;
    }
    return isOfType(type, SOAP_1_2) ? toSoap12 : null;
  }

  private static boolean isOfType(@Nullable String contentType, String essence) {
    int length = essence.length();
    return contentType != null
        && contentType.regionMatches(true, 0, essence, 0, length)
        && (contentType.length() == length || " \t;".indexOf(contentType.charAt(length)) >= 0);
  }

  private @Nullable Answer mostWanted(List<MediaRange> ranges) {
    Answer chosen = null;
    int highest = weight(fallback, ranges);
    for (int i = 0; i < variants.size(); i++) {
      int weight = weight(variants.get(i).type(), ranges);
      if (weight > highest) {
        highest = weight;
        chosen = variants.get(i).answer();
      }
    }
    return chosen;
  }

  /** Returns the weight that the most specific range gives a type; 0 if it is not acceptable. */
  private static int weight(ContentType type, List<MediaRange> ranges) {
    int weight = 0;
    int specificity = -1;
    for (int i = 0; i < ranges.size(); i++) {
      MediaRange range = ranges.get(i);
      int ofRange = range.specificity();
      if (ofRange >= specificity && range.matches(type)) {
        weight = ofRange == specificity ? Math.max(weight, range.weight()) : range.weight();
        specificity = ofRange;
      }
    }
    return weight;
  }

  int weight() {
    return variants.stream().mapToInt(form -> form.answer().weight()).sum();
  }
}

package dev.intermission.trafficlog.capture;

import dev.intermission.api.trafficlog.LogRegion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the four messages of an exchange.
 *
 * @param query that of a request, as it was sent; null where there is none
 * @param fields the header fields, empty if nobody wanted them
 * @param body the beginning of the body, or null if nobody wanted it
 */
public record CapturedMessage(
    @Nullable String query, List<CapturedField> fields, @Nullable CapturedBody body) {

  /** A message that did not come, or of which nobody wanted anything. */
  public static final CapturedMessage NONE = new CapturedMessage(null, List.of(), null);

  /** Returns what is wanted of it. */
  CapturedMessage only(CaptureWish wish, LogRegion region) {
    int characters = wish.characters(region);
    return new CapturedMessage(
        wish.wantsQuery(region) ? query : null,
        wish.wantsFields(region) ? fields : List.of(),
        body == null || characters == 0 ? null : body.beginning(characters));
  }

  /** Returns about how many bytes of memory it takes. */
  long size() {
    long size = query == null ? 0 : query.length();
    for (CapturedField field : fields) {
      size += FIELD + field.name().length() + field.value().length();
    }
    return size + (body == null ? 0 : body.bytes().length);
  }

  private static final int FIELD = 80;
}

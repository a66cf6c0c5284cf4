package dev.intermission.admin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id and secret of a client in an Authorization field (RFC 7617). Both are encoded like the
 * values of a form (RFC 6749 section 2.3.1).
 */
public record BasicCredentials(String id, String secret) {

  private static final Pattern FIELD =
      Pattern.compile("basic(?: +(.*))?", Pattern.CASE_INSENSITIVE);

  /**
   * Returns the credentials of a request, or nothing if it has none of this scheme.
   *
   * @throws Refusal if they are malformed
   */
  public static Optional<BasicCredentials> of(Call call) {
    List<Matcher> fields =
        call.fields("Authorization").stream().map(FIELD::matcher).filter(Matcher::matches).toList();
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    String encoded = fields.get(0).group(1);
    if (fields.size() > 1 || encoded == null) {
      throw Refusal.badBasicCredentials();
    }
    return Optional.of(parse(encoded.strip()));
  }

  private static BasicCredentials parse(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw Refusal.badBasicCredentials();
      }
      return new BasicCredentials(
          PercentDecoder.decodeForm(text.substring(0, colon)),
          PercentDecoder.decodeForm(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      // The text of the exception may hold a part of the secret.
      throw Refusal.badBasicCredentials();
    }
  }

  @Override
  public String toString() {
    return "BasicCredentials[id=" + id + "]";
  }
}

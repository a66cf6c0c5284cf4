package dev.intermission.admin.http;

import dev.intermission.api.store.SavedSettings;
import dev.intermission.json.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request on the saved settings, or on a file: its If-Match and If-None-Match
 * (RFC 9110 section 13). Both always exist, so {@code *} always matches.
 */
public final class Preconditions {

  private static final Pattern TAG =
      Pattern.compile("\\G[ \\t,]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \\t]*(?=,|$)");
  private static final String WEAK = "W/";

  private final @Nullable List<String> ifMatch;
  private final @Nullable List<String> ifNoneMatch;

  private Preconditions(@Nullable List<String> ifMatch, @Nullable List<String> ifNoneMatch) {
    this.ifMatch = ifMatch;
    this.ifNoneMatch = ifNoneMatch;
  }

  /**
   * Reads the conditions of the request.
   *
   * @throws Refusal if one is neither a list of entity tags nor {@code *}
   */
  public static Preconditions of(Call call) {
    return new Preconditions(tags(call, "If-Match"), tags(call, "If-None-Match"));
  }

  /**
   * Returns the entity tag of these settings: a strong one, since the version counts each change.
   */
  public static String etag(SavedSettings saved) {
    return "\"" + saved.version() + "\"";
  }

  /**
   * Checks the conditions before a change.
   *
   * @throws Refusal if the settings are not those that the client knows
   */
  public void requireForChange(SavedSettings saved) {
    requireForChange(etag(saved));
  }

  /**
   * Checks the conditions before a change of what has this entity tag.
   *
   * @throws Refusal if it is not what the client knows
   */
  public void requireForChange(String etag) {
    requireMatch(etag);
    if (isKnown(etag)) {
      throw Refusal.preconditionFailed();
    }
  }

  /**
   * Checks the conditions before a read, and returns whether the client already has what has this
   * entity tag.
   *
   * @throws Refusal if the client asks for something else only
   */
  public boolean notModified(String etag) {
    requireMatch(etag);
    return isKnown(etag);
  }

  private void requireMatch(String etag) {
    if (ifMatch != null && !ifMatch.contains("*") && !ifMatch.contains(etag)) {
      throw Refusal.preconditionFailed();
    }
  }

  private boolean isKnown(String etag) {
    return ifNoneMatch != null
        && ifNoneMatch.stream()
            .anyMatch(tag -> tag.equals("*") || tag.replaceFirst(WEAK, "").equals(etag));
  }

  private static @Nullable List<String> tags(Call call, String header) {
    List<String> lines = call.fields(header);
    if (lines.isEmpty()) {
      return null;
    }
    String value = String.join(",", lines).strip();
    if (value.equals("*")) {
      return List.of(value);
    }
    List<String> tags = new ArrayList<>();
    Matcher matcher = TAG.matcher(value);
    int end = 0;
    while (matcher.find()) {
      tags.add(matcher.group(1));
      end = matcher.end();
    }
    if (tags.isEmpty() || !value.substring(end).matches("[ \\t,]*")) {
      throw Refusal.badRequest(
          header
              + " is '"
              + Excerpt.of(value)
              + "'; allowed are * or entity tags in quotes, separated by commas");
    }
    return tags;
  }
}

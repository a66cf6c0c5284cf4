package dev.intermission.trafficlog.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is private in one text: parts of it, each with what takes its place. A reader of the text's
 * structure tells the values that it comes across, and from where on it can't read on; the rest of
 * the text is left out then.
 */
final class Findings {

  private static final String HIDDEN = Treatment.HIDDEN.of("", false);
  private static final String REST_LEFT_OUT = "[the rest is left out, since it can't be read]";

  /**
   * A part that is private.
   *
   * @param instead what takes its place
   * @param by how it is treated; how all that was found inside is treated, if it was searched
   * @param isSearched whether it is a value in which things were looked for
   * @param quoting how a text is written there
   */
  private record Part(
      int start, int end, String instead, Set<Treatment> by, boolean isSearched, Quoting quoting) {

    /** Returns whether nothing of another part inside is left. */
    boolean covers(Part inside) {
      boolean isSame = isSearched || (inside.start == start && inside.end == end);
      return by.stream().noneMatch(Treatment::tellsOfValue)
          || (isSame && by.containsAll(inside.by));
    }

    String hidden() {
      return quoting.of(HIDDEN);
    }
  }

  private final PrivacyRules rules;
  private final String text;
  private final boolean isWhole;
  private final Set<String> detected;
  private final List<Part> parts = new ArrayList<>();
  private int readableTo;

  /**
   * @param isWhole whether the text ends where it should, and was not cut off
   * @param detected gets what is only detected
   */
  Findings(PrivacyRules rules, String text, boolean isWhole, Set<String> detected) {
    this.rules = rules;
    this.text = text;
    this.isWhole = isWhole;
    this.detected = detected;
    readableTo = text.length();
  }

  String text() {
    return text;
  }

  /** Returns what becomes of the value of a name, or null if nothing. */
  @Nullable Treatment byName(String name) {
    return rules.byName(name, detected);
  }

  /** Returns what becomes of a value that may have another name, too. */
  @Nullable Treatment byName(@Nullable Treatment before, String name) {
    return rules.both(before, byName(name));
  }

  /** Hides a value that was found by its name. */
  void hide(int start, int end, String value, Treatment treatment, Quoting quoting) {
    boolean isWholeValue = isWhole || end < text.length();
    String instead = quoting.of(rules.instead(value, treatment, isWholeValue));
    parts.add(new Part(start, end, instead, Set.of(treatment), true, quoting));
  }

  /** Looks into a value that has no name of the rules. */
  void value(int start, int end, String value, Quoting quoting) {
    if (rules.mayHold(value)) {
      hide(start, end, value, Treatment.HIDDEN, quoting);
      return;
    }
    Set<Treatment> by = new HashSet<>();
    String left = searched(value, isWhole || end < text.length(), by);
    if (!left.equals(value)) {
      parts.add(new Part(start, end, quoting.of(left), by, true, quoting));
    }
  }

  /** Looks into a part that has no structure which can be read; it is hidden if it may hold one. */
  void plainText(int start, int end) {
    String value = text.substring(start, end);
    if (rules.mayHoldAsText(value)) {
      hide(start, end, value, Treatment.HIDDEN, Quoting.NONE);
    } else {
      value(start, end, value, Quoting.NONE);
    }
  }

  /** Looks into all of a text that has no structure; it is left out if it may hold a name. */
  void plainText() {
    if (rules.mayHoldAsText(text)) {
      unreadableFrom(0);
      return;
    }
    int start = 0;
    while (start < text.length()) {
      int lineEnd = text.indexOf('\n', start);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      value(start, end, text.substring(start, end), Quoting.NONE);
      start = end + 1;
    }
  }

  /** Says that nothing can be told of what is there from this character on. */
  void unreadableFrom(int start) {
    readableTo = Math.min(readableTo, start);
  }

  /**
   * Returns a value without what is private in it by what it looks like; nothing of it if there is
   * more behind escapes.
   *
   * @param by gets how that is treated
   */
  private String searched(String value, boolean isWholeValue, Set<Treatment> by) {
    if (rules.searched().isEmpty()) {
      return value;
    }
    String left = searchedOnce(value, isWholeValue, by);
    String unescaped = Unescaped.of(left);
    boolean isClean = unescaped.equals(left) || searchedOnce(unescaped, true, by).equals(unescaped);
    if (isClean && Unescaped.isDone(unescaped)) {
      return left;
    }
    by.clear();
    return HIDDEN;
  }

  private String searchedOnce(String value, boolean isWholeValue, Set<Treatment> by) {
    Findings inside = new Findings(rules, value, isWholeValue, detected);
    inside.search();
    inside.parts.forEach(part -> by.addAll(part.by()));
    return inside.result(value.length());
  }

  /** Looks for what is private by what it looks like, whatever the structure is. */
  void search() {
    for (PrivacyRules.Searched one : rules.searched()) {
      List<Finder.Range> found = one.finder().find(text);
      Treatment treatment = one.treatment();
      if (treatment == null) {
        if (!found.isEmpty()) {
          detected.add(one.label());
        }
        continue;
      }
      for (Finder.Range range : found) {
        String value = text.substring(range.start(), range.end());
        boolean isWholeValue = isWhole || range.end() < text.length();
        String instead = treatment.of(value, isWholeValue);
        parts.add(
            new Part(range.start(), range.end(), instead, Set.of(treatment), false, Quoting.NONE));
      }
    }
  }

  private String instead(Part part, List<Part> inside) {
    return rules.isUnion() && !inside.stream().allMatch(part::covers)
        ? part.hidden()
        : part.instead();
  }

  /** Returns whether something can be told of all of the text. */
  boolean isReadable() {
    return readableTo >= text.length();
  }

  /**
   * Returns the text without what is private.
   *
   * @param limit of what is behind this character, nothing is told
   */
  String result(int limit) {
    parts.sort(Comparator.comparingInt(Part::start).thenComparing(part -> -part.end()));
    int end = Math.min(limit, readableTo);
    StringBuilder result = new StringBuilder(Math.min(end, text.length()));
    int at = 0;
    for (int i = 0; i < parts.size() && parts.get(i).start() < end; i++) {
      Part part = parts.get(i);
      if (part.start() < at) {
        continue;
      }
      result.append(text, at, part.start());
      int last = i;
      int until = part.end();
      while (last + 1 < parts.size() && parts.get(last + 1).start() < until) {
        last++;
        until = Math.max(until, parts.get(last).end());
      }
      // Two that overlap in part only are hidden together.
      boolean isInside = until == part.end();
      result.append(isInside ? instead(part, parts.subList(i, last + 1)) : HIDDEN);
      at = until;
      i = last;
    }
    if (at < end) {
      result.append(text, at, end);
    }
    if (readableTo < Math.min(limit, text.length())) {
      result.append(REST_LEFT_OUT);
    }
    return result.toString();
  }
}

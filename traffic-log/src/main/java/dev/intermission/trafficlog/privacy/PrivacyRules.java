package dev.intermission.trafficlog.privacy;

import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Privacy definitions, compiled. Names are compared without regard to upper and lower case. Of two
 * definitions for one name, the first one holds; those that only detect hold beside the others.
 * Immutable.
 */
public final class PrivacyRules {

  private static final String EMAIL = "[\\pL\\pN._%+'-]+@[\\pL\\pN-]+(?:\\.[\\pL\\pN-]+)+";

  /** What may stand between a name and its value. */
  private static final String STRUCTURE = "=:<>\"'{&\t\r\n";

  /** The same in a text that could be a table. */
  private static final String STRUCTURE_OF_TEXT = STRUCTURE + ",;|";

  private static final Pattern PARTS = Pattern.compile("[\\[\\].]+");

  /** A finder with what is done to what it finds; without a treatment it only detects. */
  record Searched(Finder finder, @Nullable Treatment treatment, String label) {}

  private final Map<String, Treatment> byName = new HashMap<>();
  private final Map<String, String> detectedNames = new HashMap<>();
  private final List<Searched> searched = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** Whether they come from several who do not know of each other. */
  private final boolean isUnion;

  private PrivacyRules(boolean isUnion) {
    this.isUnion = isUnion;
  }

  /**
   * Compiles definitions.
   *
   * @param salt the key of hashes, or null if there is none; then values are masked instead
   * @throws IllegalArgumentException if a regular expression can't be used; {@link Regex#fault}
   *     tells so before
   */
  public static PrivacyRules of(List<PrivacyDefinition> definitions, @Nullable HashSalt salt) {
    return of(definitions, salt, false);
  }

  /**
   * Compiles definitions of several who do not know of each other. What one of them would leave of
   * a value may be private by another one, so a value that is found in two ways is masked as a
   * whole, unless both treat it alike. The rest is as in {@link #of}.
   */
  public static PrivacyRules ofUnion(List<PrivacyDefinition> definitions, @Nullable HashSalt salt) {
    return of(definitions, salt, true);
  }

  private static PrivacyRules of(
      List<PrivacyDefinition> definitions, @Nullable HashSalt salt, boolean isUnion) {
    PrivacyRules rules = new PrivacyRules(isUnion);
    List<PrivacyDefinition> enabled =
        definitions.stream().filter(PrivacyDefinition::enabled).toList();
    enabled.forEach(definition -> rules.add(definition, salt));
    enabled.forEach(definition -> rules.addOtherNames(definition, salt));
    return rules;
  }

  /** What a definition says of a name itself goes before what others say of the same value. */
  private void addOtherNames(PrivacyDefinition definition, @Nullable HashSalt salt) {
    if (definition.patternType() == PrivacyPattern.ELEMENT_NAME) {
      String found = plain(Objects.requireNonNull(definition.elementName()));
      for (String name : SameValues.others(found)) {
        if (isUnion || !byName.containsKey(name)) {
          add(name, treatment(definition, salt), label(definition));
        }
      }
    }
  }

  private static @Nullable Treatment treatment(
      PrivacyDefinition definition, @Nullable HashSalt salt) {
    return definition.operation() == PrivacyOperation.DETECT
        ? null
        : new Treatment(definition.operation(), definition.mask(), salt);
  }

  private void add(PrivacyDefinition definition, @Nullable HashSalt salt) {
    Treatment treatment = treatment(definition, salt);
    if (definition.patternType() == PrivacyPattern.ELEMENT_NAME) {
      String found = plain(Objects.requireNonNull(definition.elementName()));
      add(found, treatment, label(definition));
    } else {
      searched.add(new Searched(finder(definition), treatment, label(definition)));
    }
  }

  private void add(String name, @Nullable Treatment treatment, String label) {
    if (treatment == null) {
      detectedNames.putIfAbsent(name, label);
      return;
    }
    Treatment before = byName.get(name);
    if (before == null) {
      names.add(name);
    }
    byName.put(name, Objects.requireNonNull(both(before, treatment)));
  }

  private static Finder finder(PrivacyDefinition definition) {
    return switch (definition.patternType()) {
      case REGEX -> Regex.compile(Objects.requireNonNull(definition.regexPattern()));
      case EMAIL -> {
        Regex email = Regex.compile(EMAIL);
        yield text -> text.indexOf('@') < 0 ? List.of() : email.find(text);
      }
      case CREDIT_CARD -> new CardNumbers();
      case IBAN -> new AccountNumbers();
      case ELEMENT_NAME -> throw new IllegalArgumentException("a name is no pattern");
    };
  }

  private static String label(PrivacyDefinition definition) {
    if (definition.name() != null) {
      return definition.name();
    }
    return definition.elementName() == null
        ? definition.patternType().name()
        : definition.elementName();
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Returns whether what is found in two ways is masked as a whole. */
  boolean isUnion() {
    return isUnion;
  }

  /** Returns whether nothing is looked for. */
  boolean areNone() {
    return byName.isEmpty() && detectedNames.isEmpty() && searched.isEmpty();
  }

  /** Returns what is looked for by what it looks like. */
  List<Searched> searched() {
    return searched;
  }

  /**
   * Returns what becomes of a value with this name, or null if nothing. Each part of a name counts,
   * as in {@code user[password]} and {@code user.password}.
   */
  @Nullable Treatment byName(String name, Set<String> detected) {
    if (byName.isEmpty() && detectedNames.isEmpty()) {
      return null;
    }
    Treatment treatment = byWholeName(name, detected);
    if (PARTS.matcher(name).find()) {
      for (String part : PARTS.split(name, -1)) {
        treatment = both(treatment, byWholeName(part, detected));
      }
    }
    return treatment;
  }

  /** Returns what becomes of a value that has two names. */
  @Nullable Treatment both(@Nullable Treatment one, @Nullable Treatment other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return isUnion && !one.equals(other) ? Treatment.HIDDEN : one;
  }

  /**
   * Returns what takes the place of a value that was found by its name. Nothing stays of one in
   * which there is more that is private.
   *
   * @param isWhole whether this is all of the value
   */
  String instead(String value, Treatment treatment, boolean isWhole) {
    boolean isHidden =
        isUnion
            ? treatment.tellsOfValue() && (mayHold(value) || isFoundOtherwise(value, treatment))
            : treatment.keepsSome() && mayHold(value);
    return (isHidden ? Treatment.HIDDEN : treatment).of(value, isWhole);
  }

  /** Returns whether a pattern finds something in a value that is treated in another way. */
  private boolean isFoundOtherwise(String value, Treatment treatment) {
    String unescaped = Unescaped.of(value);
    Finder.Range all = new Finder.Range(0, value.length());
    for (Searched one : searched) {
      boolean isAlike = treatment.equals(one.treatment());
      if (one.treatment() != null
          && (!one.finder().find(value).stream().allMatch(found -> isAlike && found.equals(all))
              || (!unescaped.equals(value) && !one.finder().find(unescaped).isEmpty()))) {
        return true;
      }
    }
    return !searched.isEmpty() && !Unescaped.isDone(unescaped);
  }

  private @Nullable Treatment byWholeName(String name, Set<String> detected) {
    String plain = plain(name);
    String label = detectedNames.get(plain);
    if (label != null) {
      detected.add(label);
    }
    return byName.get(plain);
  }

  /**
   * Returns whether a text may be one that has a private value inside, such as JSON in a text of
   * JSON: a name that is looked for is followed by something that could stand before its value.
   */
  boolean mayHold(String text) {
    return mayHold(text, STRUCTURE);
  }

  /** Returns the same of a text that has no structure of its own, and could be a table. */
  boolean mayHoldAsText(String text) {
    return mayHold(text, STRUCTURE_OF_TEXT);
  }

  private boolean mayHold(String text, String structure) {
    if (names.isEmpty()) {
      return false;
    }
    String unescaped = Unescaped.of(text);
    if (!Unescaped.isDone(unescaped)) {
      return true;
    }
    String plain = unescaped.toLowerCase(Locale.ROOT);
    for (String name : names) {
      int at = plain.indexOf(name);
      if (at >= 0 && has(plain, at + name.length(), structure)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(String text, int from, String characters) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}

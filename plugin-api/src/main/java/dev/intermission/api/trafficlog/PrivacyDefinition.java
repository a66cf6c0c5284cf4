package dev.intermission.api.trafficlog;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of the logged texts is private, and what is done to it. The fields are those of the
 * published privacy presets.
 *
 * @param name what it is called; for people
 * @param enabled whether it is in force
 * @param patternType how it finds what is private
 * @param elementName the name for {@link PrivacyPattern#ELEMENT_NAME}, null for the others
 * @param regexPattern the expression for {@link PrivacyPattern#REGEX}, null for the others; whether
 *     it is one is for the log to say
 * @param operation what is done
 * @param mask how it is masked; {@link Mask#DEFAULT} for other operations
 */
public record PrivacyDefinition(
    @Nullable String name,
    boolean enabled,
    PrivacyPattern patternType,
    @Nullable String elementName,
    @Nullable String regexPattern,
    PrivacyOperation operation,
    Mask mask) {

  /** The most characters of a name, an element's name or a mask. */
  public static final int MAX_TEXT_LENGTH = 200;

  /** The most characters of a regular expression. */
  public static final int MAX_REGEX_LENGTH = 1000;

  /** The largest number of characters that stay, or that are masked. */
  public static final int MAX_CHARS = 1000;

  /**
   * @throws IllegalArgumentException with a message for the operator if a value is not allowed
   */
  public PrivacyDefinition {
    Objects.requireNonNull(operation, "operation");
    goesWith("elementName", elementName, PrivacyPattern.ELEMENT_NAME, patternType);
    goesWith("regexPattern", regexPattern, PrivacyPattern.REGEX, patternType);
    text("name", name, MAX_TEXT_LENGTH);
    text("elementName", elementName, MAX_TEXT_LENGTH);
    text("regexPattern", regexPattern, MAX_REGEX_LENGTH);
    if (operation != PrivacyOperation.MASK && !mask.equals(Mask.DEFAULT)) {
      throw new IllegalArgumentException(
          "has a mask, which goes with the operation MASK only, not with " + operation);
    }
  }

  /** Makes one that is in force and masks what it finds with a fixed text. */
  public static PrivacyDefinition ofElement(String elementName) {
    return new PrivacyDefinition(
        null,
        true,
        PrivacyPattern.ELEMENT_NAME,
        elementName,
        null,
        PrivacyOperation.MASK,
        Mask.DEFAULT);
  }

  private static void goesWith(
      String field, @Nullable String value, PrivacyPattern pattern, PrivacyPattern found) {
    if (found == pattern && (value == null || value.isBlank())) {
      throw new IllegalArgumentException(
          "needs the field " + field + ", since its patternType is " + pattern);
    }
    if (found != pattern && value != null) {
      throw new IllegalArgumentException(
          "has the field " + field + ", which goes with the patternType " + pattern + " only");
    }
  }

  private static void text(String field, @Nullable String text, int most) {
    if (text != null && text.codePoints().anyMatch(PrivacyDefinition::isLoneSurrogate)) {
      throw new IllegalArgumentException("has a lone surrogate in " + field);
    }
    if (text != null && text.length() > most) {
      throw new IllegalArgumentException(
          "has " + text.length() + " characters in " + field + ", allowed are " + most);
    }
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Returns how many characters the texts have together. */
  int length() {
    return Stream.of(name, elementName, regexPattern, mask.text())
        .mapToInt(text -> text == null ? 0 : text.length())
        .sum();
  }

  /** Returns the pattern type of a name; throws as {@link PrivacyOperation#parse} does. */
  public static PrivacyPattern patternType(String name) {
    return EnumNames.parse(PrivacyPattern.class, name);
  }

  /**
   * How values are masked.
   *
   * @param mode what of a value stays
   * @param text for {@link MaskMode#FIXED} the text in place of the value; for the others one
   *     character, which takes the place of each masked one
   * @param chars how many characters stay, or are masked; 0 for {@link MaskMode#FIXED}. A value
   *     that has no more characters than are to stay is masked as a whole
   */
  public record Mask(MaskMode mode, String text, int chars) {

    /** Three asterisks in place of the value. */
    public static final Mask DEFAULT = new Mask(MaskMode.FIXED, "***", 0);

    /**
     * @throws IllegalArgumentException with a message for the operator if a value is not allowed
     */
    public Mask {
      PrivacyDefinition.text("maskPattern", text, MAX_TEXT_LENGTH);
      if (text.indexOf('\0') >= 0) {
        // Stores refuse a record with it.
        throw new IllegalArgumentException("has a maskPattern with the character NUL");
      }
      if (text.isEmpty() || text.length() > MAX_TEXT_LENGTH) {
        throw new IllegalArgumentException(
            "has a maskPattern of "
                + text.length()
                + " characters; allowed are 1 to "
                + MAX_TEXT_LENGTH);
      }
      if (mode != MaskMode.FIXED && text.codePointCount(0, text.length()) != 1) {
        throw new IllegalArgumentException(
            "has a maskPattern of several characters, which goes with the maskMode FIXED only");
      }
      if (mode == MaskMode.FIXED ? chars != 0 : chars < 1 || chars > MAX_CHARS) {
        throw new IllegalArgumentException(
            mode == MaskMode.FIXED
                ? "has a maskVisibleCharCount, which goes with another maskMode than FIXED"
                : "has the maskVisibleCharCount "
                    + chars
                    + "; allowed are 1 to "
                    + MAX_CHARS
                    + " for the maskMode "
                    + mode);
      }
    }

    /** Makes a mask of what an operator said; what is null has the default of the mode. */
    public static Mask of(@Nullable MaskMode mode, @Nullable String text, @Nullable Integer chars) {
      MaskMode known = mode == null ? MaskMode.FIXED : mode;
      String usual = known == MaskMode.FIXED ? "***" : "*";
      return new Mask(known, text == null ? usual : text, chars == null ? 0 : chars);
    }

    /** Returns the mode of a name; throws as {@link PrivacyOperation#parse} does. */
    public static MaskMode mode(String name) {
      return EnumNames.parse(MaskMode.class, name);
    }
  }
}

package dev.intermission.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a closed API stays open, and to whom (contract section 2). A request passes if any of
 * them applies to it.
 *
 * @param closedMethods the methods that are closed; empty for all
 * @param openPaths paths that stay open with all below them, relative to the proxy's path
 * @param openToAddresses clients from there pass
 * @param admitPercent the share of clients that pass, 0 to 99; always the same ones
 * @param admitBy the name of the request field whose value tells clients apart; null for their
 *     addresses
 */
public record Exemptions(
    List<String> closedMethods,
    List<String> openPaths,
    List<AddressRange> openToAddresses,
    int admitPercent,
    @Nullable String admitBy) {

  /** The most methods. */
  public static final int MAX_METHODS = 50;

  /** The most characters of a method. */
  public static final int MAX_METHOD_LENGTH = 100;

  /** The most paths. */
  public static final int MAX_PATHS = 50;

  /** The most characters of a path. */
  public static final int MAX_PATH_LENGTH = 500;

  /** The largest share; all are admitted by opening the API. */
  public static final int MAX_PERCENT = 99;

  /** The most characters of a field's name. */
  public static final int MAX_NAME_LENGTH = 100;

  /** The most addresses and blocks of addresses. */
  public static final int MAX_ADDRESSES = 100;

  /** Closed as a whole, to everybody. */
  public static final Exemptions NONE = new Exemptions(List.of(), List.of(), List.of(), 0, null);

  /**
   * @throws IllegalArgumentException with a message for the operator if a value is not allowed
   */
  public Exemptions {
    closedMethods = together(closedMethods, MAX_METHODS);
    closedMethods.forEach(Exemptions::method);
    openPaths = together(openPaths, MAX_PATHS);
    openPaths.forEach(Exemptions::path);
    openToAddresses = together(openToAddresses, MAX_ADDRESSES);
    if (!isAllowedPercent(admitPercent)) {
      throw new IllegalArgumentException(percentNotAllowed(admitPercent));
    }
    if (admitBy != null) {
      fieldName(admitBy);
    }
  }

  /** Makes those that admit no share. */
  public Exemptions(
      List<String> closedMethods, List<String> openPaths, List<AddressRange> openToAddresses) {
    this(closedMethods, openPaths, openToAddresses, 0, null);
  }

  /** Returns these with another share, and the same way to tell clients apart. */
  public Exemptions withAdmitPercent(int percent) {
    return new Exemptions(closedMethods, openPaths, openToAddresses, percent, admitBy);
  }

  /** Returns whether such a share may be admitted. */
  public static boolean isAllowedPercent(int percent) {
    return percent >= 0 && percent <= MAX_PERCENT;
  }

  /** Returns what to tell an operator who asked for this share. */
  public static String percentNotAllowed(Object found) {
    return "is "
        + found
        + "; allowed are 0 to "
        + MAX_PERCENT
        + ", and enabled=false opens the API to all";
  }

  /**
   * Returns the text if it can be the name of a request field.
   *
   * @throws IllegalArgumentException with a message for the operator if it can't
   */
  public static String fieldName(String text) {
    if (!HttpToken.isToken(text)) {
      throw new IllegalArgumentException(
          "is no name of a field; allowed are letters, digits and !#$%&'*+-.^_`|~");
    }
    if (text.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "has " + text.length() + " characters, allowed are " + MAX_NAME_LENGTH);
    }
    return text;
  }

  /**
   * Returns methods, paths or addresses that may be exempted together, each once.
   *
   * @throws IllegalArgumentException with a message for the operator if there are too many
   */
  private static <T> List<T> together(List<T> elements, int most) {
    if (elements.size() > most) {
      throw new IllegalArgumentException(
          "has " + elements.size() + " elements, allowed are " + most);
    }
    return elements.stream().distinct().toList();
  }

  /** Returns the methods each once; throws as the constructor does. */
  public static List<String> methods(List<String> methods) {
    return together(methods, MAX_METHODS);
  }

  /** Returns the paths each once; throws as the constructor does. */
  public static List<String> paths(List<String> paths) {
    return together(paths, MAX_PATHS);
  }

  /** Returns the addresses each once; throws as the constructor does. */
  public static List<AddressRange> addresses(List<AddressRange> addresses) {
    return together(addresses, MAX_ADDRESSES);
  }

  /**
   * Returns the text if it can be a method.
   *
   * @throws IllegalArgumentException with a message for the operator if it is none
   */
  public static String method(String text) {
    if (!HttpToken.isToken(text)) {
      throw new IllegalArgumentException(
          "is no method; allowed are letters, digits and !#$%&'*+-.^_`|~, as in POST");
    }
    if (text.length() > MAX_METHOD_LENGTH) {
      throw new IllegalArgumentException(
          "has " + text.length() + " characters, allowed are " + MAX_METHOD_LENGTH);
    }
    return text;
  }

  /**
   * Returns the text if it can be an open path: in the form of a {@link Route}, but not all of a
   * proxy.
   *
   * @throws IllegalArgumentException with a message for the operator if it can't
   */
  public static String path(String text) {
    if (text.length() > MAX_PATH_LENGTH) {
      throw new IllegalArgumentException(
          "has " + text.length() + " characters, allowed are " + MAX_PATH_LENGTH);
    }
    if (text.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "has the character *; there are no patterns, and a path stands for all below it as well");
    }
    String path;
    try {
      path = Route.anyHost(text).path();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is no path such as /health; allowed is a decoded path that begins with /, without empty and dot segments,"
              + " the characters ; % ? # \\ and controls",
          e);
    }
    if (path.equals("/")) {
      throw new IllegalArgumentException(
          "is /, all of the proxy; allowed are paths below that of the proxy");
    }
    return text;
  }
}

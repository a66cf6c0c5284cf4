package dev.intermission.trafficlog.connection;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a connection is. The published types that are served, and standard output. */
public sealed interface LogTarget {

  /** The types, by their names in the configuration and the management API. */
  enum Type {
    /** A file of JSON lines, which rolls. */
    LOGBACK_APPEND,
    /** Requests to a server. */
    WEBHOOK_SEND,
    /** JSON lines on standard output; ours. */
    STANDARD_OUTPUT
  }

  /** Returns its type. */
  Type type();

  /** JSON lines on standard output. */
  record StandardOutput() implements LogTarget {

    @Override
    public Type type() {
      return Type.STANDARD_OUTPUT;
    }
  }

  /**
   * A file of JSON lines. It begins anew each day (UTC) and at its size; what is full stays beside
   * it, with the day and a number behind its name.
   *
   * @param path the file
   * @param maxFileMegabytes the size at which the file begins anew
   * @param maxDays how many days' files are kept
   * @param maxTotalMegabytes how much all of them may take; the oldest go first
   */
  record RollingFile(Path path, int maxFileMegabytes, int maxDays, int maxTotalMegabytes)
      implements LogTarget {

    private static final Pattern IN_PATTERNS = Pattern.compile("[%()]");
    private static final Pattern IN_EXPRESSIONS = Pattern.compile("[*?+^$|\\[\\]{}]");

    /**
     * @throws IllegalArgumentException if the path has a character with a meaning where the names
     *     of full files are made and found again
     */
    public RollingFile {
      Path name = path.getFileName();
      if (name == null
          || IN_PATTERNS.matcher(path.toString()).find()
          || IN_EXPRESSIONS.matcher(name.toString()).find()) {
        throw new IllegalArgumentException(
            "found the path '"
                + path
                + "'; not allowed are %, ( and ), and in the name of the file * ? + ^ $ | [ ] { }");
      }
    }

    @Override
    public Type type() {
      return Type.LOGBACK_APPEND;
    }
  }

  /**
   * A server that takes batches of records, each a request with a JSON array. A batch that it does
   * not take is sent again, with growing pauses, unless its answer says that it never will.
   *
   * @param url {@code http} or {@code https}, without user information
   * @param method of the requests
   * @param fields header fields of the requests
   * @param secretFields header fields with secrets: the names of the variables that hold their
   *     values, by the names of the fields
   * @param timeout how long a request may take
   */
  record Webhook(
      URI url,
      String method,
      Map<String, String> fields,
      Map<String, String> secretFields,
      Duration timeout)
      implements LogTarget {

    /** The methods that a webhook can have. */
    public static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH");

    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    private static final Set<String> OF_HTTP =
        Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> SECRET =
        Set.of("authorization", "cookie", "proxy-authorization");

    /**
     * @throws IllegalArgumentException with a message for the operator if a value is not allowed;
     *     it never holds the value of a field
     */
    public Webhook {
      fields = Map.copyOf(fields);
      secretFields = Map.copyOf(secretFields);
      if (url.getHost() == null
          || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          || url.getRawUserInfo() != null
          || url.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "found a URL that is none of a webhook; allowed are http and https, with a host, and without user information and fragment");
      }
      if (!METHODS.contains(method)) {
        throw new IllegalArgumentException(
            "found the method '" + method + "', allowed are POST, PUT and PATCH");
      }
      fields.keySet().forEach(Webhook::requireName);
      secretFields.keySet().forEach(Webhook::requireName);
      fields.forEach(Webhook::requireValue);
    }

    private static void requireName(String name) {
      if (!FIELD_NAME.matcher(name).matches() || OF_HTTP.contains(lower(name))) {
        throw new IllegalArgumentException(
            "found the field '" + name + "', which is no name of a field that can be chosen");
      }
    }

    private static void requireValue(String name, String value) {
      if (SECRET.contains(lower(name))) {
        throw new IllegalArgumentException(
            "found the field '"
                + name
                + "', which holds a secret; name the variable of its value in secretFields");
      }
      if (!isValue(value)) {
        throw new IllegalArgumentException(
            "found a value of the field '" + name + "' that is no visible ASCII");
      }
    }

    /** Returns whether a header field can have a value: visible ASCII, and spaces. */
    public static boolean isValue(String value) {
      return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static String lower(String name) {
      return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Type type() {
      return Type.WEBHOOK_SEND;
    }

    /** Returns the scheme, host and port; the rest of the URL may hold a secret. */
    public String origin() {
      return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** Leaves out what may hold a secret. */
    @Override
    public String toString() {
      return "Webhook[" + method + " to " + origin() + "]";
    }
  }
}

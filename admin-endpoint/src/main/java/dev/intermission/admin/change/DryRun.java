package dev.intermission.admin.change;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Query;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.CorrelationId;
import dev.intermission.api.FieldError;
import dev.intermission.api.HttpToken;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.IpAddress;
import dev.intermission.json.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call that is to change nothing, and the request whose response it is to show (contract section
 * 8).
 *
 * @param method its method
 * @param path its path as it stands in the target, or null for the first path of the proxy
 * @param accept its Accept, or null if it has none
 * @param origin its Origin, or null if it has none
 * @param address the address of its client, or null if that is not known
 * @param bypass its bypass token, or null if it has none; a secret
 * @param correlationId its correlation id: the one that the dry run was sent with, or null
 */
public record DryRun(
    String method,
    @Nullable String path,
    @Nullable String accept,
    @Nullable String origin,
    @Nullable String address,
    @Nullable String bypass,
    @Nullable String correlationId) {

  /** The parameter of the query that asks for a dry run. */
  public static final String PARAMETER = "dryRun";

  private static final String METHOD = "method";
  private static final String PATH = "path";
  private static final String ACCEPT = "accept";
  private static final String ORIGIN = "origin";
  private static final String ADDRESS = "address";
  private static final String BYPASS = "bypass";
  private static final List<String> OF_REQUEST =
      List.of(METHOD, PATH, ACCEPT, ORIGIN, ADDRESS, BYPASS);

  private static final Pattern TARGET_PATH = Pattern.compile("/[!-~&&[^?#]]*");
  private static final Pattern FIELD_VALUE = Pattern.compile("|[!-~]|[!-~][ -~]*[!-~]");

  /** No media range has a space inside, while a plus of a query stands for one. */
  private static final Pattern LOST_PLUS = Pattern.compile(".*[^,; ] +[^,; ].*");

  /** Returns the dry run that describes a GET of this path. */
  static DryRun get(String path) {
    return new DryRun("GET", path, null, null, null, null, null);
  }

  /**
   * Returns the query of a call that can be a dry run.
   *
   * @param others the other parameters that it may have
   * @throws Refusal if it has others than these and those of a dry run
   */
  public static Query query(Call call, String... others) {
    return call.query(
        Stream.of(Stream.of(others), Stream.of(PARAMETER), OF_REQUEST.stream())
            .flatMap(names -> names)
            .toArray(String[]::new));
  }

  /**
   * Returns the dry run that a call asks for, or empty if it is to be done; the call is marked.
   *
   * @throws Refusal if it is not clear which of the two
   * @throws InvalidSettingsException if no request is like the one that it describes
   */
  public static Optional<DryRun> of(Call call, Query query) {
    if (!isAsked(call, query)) {
      OF_REQUEST.stream()
          .filter(name -> query.value(name).isPresent())
          .findFirst()
          .ifPresent(
              name -> {
                throw Refusal.badRequest(
                    "The query has the parameter " + name + "; it is allowed with dryRun=true");
              });
      return Optional.empty();
    }
    DryRun dryRun =
        new DryRun(
            query.value(METHOD).orElse("GET"),
            query.value(PATH).orElse(null),
            query.value(ACCEPT).orElse(null),
            query.value(ORIGIN).orElse(null),
            query.value(ADDRESS).orElse(null),
            query.value(BYPASS).orElse(null),
            CorrelationId.sent(
                first(call.fields(CorrelationId.HEADER)),
                first(call.fields(CorrelationId.PUBLISHED_HEADER))));
    List<FieldError> faults = dryRun.faults();
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return Optional.of(dryRun);
  }

  /**
   * Returns whether a call is to be a dry run without the response to any request; it is marked.
   *
   * @throws Refusal if it is not clear which of the two
   */
  public static boolean isAsked(Call call, Query query) {
    boolean isAsked = query.truth(PARAMETER).orElse(false);
    if (isAsked) {
      call.asDryRun();
    }
    return isAsked;
  }

  private static @Nullable String first(List<String> lines) {
    return lines.isEmpty() ? null : lines.get(0);
  }

  private List<FieldError> faults() {
    List<FieldError> faults = new ArrayList<>();
    if (!HttpToken.isToken(method) || method.equals("CONNECT")) {
      faults.add(
          fault(
              METHOD, method, "a method of HTTP; CONNECT is refused before any API is looked at"));
    }
    if (path != null && !TARGET_PATH.matcher(path).matches()) {
      faults.add(
          fault(PATH, path, "a path as it stands in a request, without query, such as /a%20b"));
    }
    if (accept != null && LOST_PLUS.matcher(accept).matches()) {
      faults.add(fault(ACCEPT, accept, "no space in a media range; write a + as %2B"));
    } else if (accept != null && !FIELD_VALUE.matcher(accept).matches()) {
      faults.add(fault(ACCEPT, accept, "visible ASCII with spaces between"));
    }
    if (origin != null && !FIELD_VALUE.matcher(origin).matches()) {
      faults.add(fault(ORIGIN, origin, "visible ASCII with spaces between"));
    }
    if (address != null && IpAddress.parse(address) == null) {
      faults.add(fault(ADDRESS, address, "an IP address, without brackets, port and zone"));
    }
    if (bypass != null && !FIELD_VALUE.matcher(bypass).matches()) {
      faults.add(new FieldError(BYPASS, "is no token; allowed is visible ASCII"));
    }
    return faults;
  }

  private static FieldError fault(String name, String value, String allowed) {
    return new FieldError(name, "is '" + Excerpt.of(value) + "'; allowed is " + allowed);
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "DryRun[" + method + " " + path + "]";
  }
}

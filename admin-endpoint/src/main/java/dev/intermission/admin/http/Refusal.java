package dev.intermission.admin.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.Right;
import dev.intermission.json.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An error answer; there is a method for each row of the table in contract section 1. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Duration STREAM_RETRY = Duration.ofSeconds(10);
  private static final Duration STORE_RETRY = Duration.ofSeconds(5);
  private static final int NAMED_NODES = 10;
  private static final int NAMED_PROXIES = 25;

  private final transient Reply reply;

  private Refusal(
      int status, String error, String text, List<FieldError> errors, Map<String, String> fields) {
    super(text, null, false, false);
    reply = new Reply(status, fields, Envelope.of(error, text, errors), text, List.of());
  }

  private Refusal(int status, String error, String text, Map<String, String> fields) {
    this(status, error, text, List.of(), fields);
  }

  public Reply reply() {
    return reply;
  }

  public static Refusal noToken() {
    return unauthorized(
        "Empty Key! Client must be authenticated to access this resource.", "Bearer");
  }

  /** Refuses credentials that are not a bearer token. */
  public static Refusal noBearer() {
    return unauthorized("Token is not valid!", "Bearer");
  }

  public static Refusal invalidToken() {
    return unauthorized("Token is not valid!", "Bearer error=\"invalid_token\"");
  }

  public static Refusal expiredToken() {
    return unauthorized("Token was expired!", "Bearer error=\"invalid_token\"");
  }

  public static Refusal badCredentials() {
    return unauthorized("Bad credentials", "Bearer");
  }

  /** Refuses credentials that came by HTTP Basic (RFC 6749 section 5.2). */
  public static Refusal badBasicCredentials() {
    return unauthorized("Bad credentials", "Basic realm=\"apiops\", charset=\"UTF-8\"");
  }

  public static Refusal unknownProject(String project) {
    return badRequest("Project (" + Excerpt.of(project) + ") is not found!");
  }

  /** For settings and detail. */
  public static Refusal unknownProxy(String proxy) {
    return badRequest("ApiProxy (name: " + Excerpt.of(proxy) + ") was not found!");
  }

  /** For the read calls about deployments. */
  public static Refusal unknownProxyWithName(String proxy) {
    return badRequest("ApiProxy with name (" + Excerpt.of(proxy) + ") is not found!");
  }

  public static Refusal unknownEnvironment(String environment) {
    return badRequest("Environment (" + Excerpt.of(environment) + ") is not found!");
  }

  public static Refusal noEnvironmentName() {
    return badRequest("environmentName value can not be empty!");
  }

  /** For a name of a connection that the environment lacks. */
  public static Refusal unknownConnection(String name) {
    return badRequest(
        "Connection with name '" + Excerpt.of(name) + "' not found in the environment!");
  }

  /** For what is neither a connection's name nor a type of which there is one. */
  public static Refusal invalidConnectorType(String type) {
    return badRequest("Invalid connectorType: " + Excerpt.of(type));
  }

  /** For a type of which the environment has several connections. */
  public static Refusal severalConnections(String type, String environment, List<String> names) {
    return badRequest(
        "There are several connections of the type "
            + type
            + " in the environment "
            + Excerpt.of(environment)
            + "; name one of them: "
            + String.join(", ", names));
  }

  public static Refusal unknownMethod(String method) {
    return badRequest("Method (" + Excerpt.of(method) + ") is not found in ApiProxy!");
  }

  /** For an override where nothing is saved that it could override. */
  public static Refusal noTrafficLogSettings() {
    return badRequest(
        "Traffic log settings not found for this API proxy and environment. Please save the log settings first before adding method-level overrides.");
  }

  public static Refusal unknownRevision(String proxy, long revision) {
    return badRequest(
        "Deploy history with revision ("
            + revision
            + ") is not found for ApiProxy ("
            + Excerpt.of(proxy)
            + ")!");
  }

  public static Refusal unknownBypassToken(String proxy, String token) {
    return badRequest(
        "Bypass token ("
            + Excerpt.of(token)
            + ") is not found for ApiProxy ("
            + Excerpt.of(proxy)
            + ")!");
  }

  public static Refusal tooManyBypassTokens(String proxy, int tokens) {
    return badRequest(
        "ApiProxy ("
            + Excerpt.of(proxy)
            + ") has "
            + tokens
            + " bypass tokens, and may not have more; revoke one that is not used any more");
  }

  public static Refusal unknownOperation(String id) {
    return badRequest("Maintenance operation (" + Excerpt.of(id) + ") is not found!");
  }

  public static Refusal unknownTrace(String proxy, String id) {
    return badRequest(
        "Trace (" + Excerpt.of(id) + ") is not found for ApiProxy (" + Excerpt.of(proxy) + ")!");
  }

  public static Refusal undoneAlready(String id, String undoneBy) {
    return badRequest(
        "Maintenance operation (" + id + ") is undone already, by the operation " + undoneBy + "!");
  }

  /** Refuses to undo an operation whose proxies were changed since; of many the first are named. */
  public static Refusal changedSince(String id, List<String> proxies) {
    int named = Math.min(NAMED_PROXIES, proxies.size());
    return badRequest(
        String.format(
            Locale.ROOT,
            "Maintenance operation (%s) can not be undone because %s%s changed since; nothing was changed. With force=true it is undone all the same.",
            id,
            String.join(", ", proxies.subList(0, named)),
            proxies.size() > named ? " and " + (proxies.size() - named) + " more" : ""));
  }

  public static Refusal notDeployable(String proxy, String environment) {
    return badRequest(noEnvironment(proxy, environment));
  }

  /** Refuses a rollback to an environment that does not exist. */
  public static Refusal rollbackFailed(long revision, String proxy, String environment) {
    return new Refusal(
        400,
        "bad_request",
        "Rollback failed for deploy history revision (" + revision + ")!",
        List.of(new FieldError("environmentName", noEnvironment(proxy, environment))),
        Map.of());
  }

  private static String noEnvironment(String proxy, String environment) {
    return "ApiProxy with name ("
        + Excerpt.of(proxy)
        + ") can not be deployed to Environment("
        + Excerpt.of(environment)
        + ") because it is not exist!";
  }

  public static Refusal notDeployed(String proxy, String environment) {
    return badRequest(
        "ApiProxy with name ("
            + Excerpt.of(proxy)
            + ") is not deployed to Environment("
            + Excerpt.of(environment)
            + ")!");
  }

  /**
   * For settings with fields that live gateways don't know.
   *
   * @param fields the fields
   * @param nodes the gateways; of many the first are named
   */
  public static Refusal notReadable(
      String proxy, String environment, List<String> fields, List<String> nodes) {
    int named = Math.min(NAMED_NODES, nodes.size());
    return badRequest(
        String.format(
            Locale.ROOT,
            "ApiProxy with name (%s) can not be deployed to Environment(%s) because %s%s run an older version, which does not know %s; nothing was saved. Update them, or leave these fields out.",
            Excerpt.of(proxy),
            Excerpt.of(environment),
            String.join(", ", nodes.subList(0, named)),
            nodes.size() > named ? " and " + (nodes.size() - named) + " more" : "",
            String.join(", ", fields)));
  }

  public static Refusal missing(Right right) {
    return badRequest(
        right == Right.DEPLOY_UNDEPLOY
            ? "User does not have required permission to deploy/undeploy API Proxy!"
            : "User does not have required permission for this operation!");
  }

  public static Refusal badRequest(String text) {
    return new Refusal(400, "bad_request", text, Map.of());
  }

  public static Refusal invalid(InvalidSettingsException e) {
    return new Refusal(400, "bad_request", String.valueOf(e.getMessage()), e.errors(), Map.of());
  }

  /** Refuses a configuration; the text is that of all its faults. */
  public static Refusal faultyConfiguration(List<String> faults) {
    String text =
        "The configuration has faults, and nothing was changed: " + String.join("; ", faults);
    return new Refusal(
        400,
        "bad_request",
        text,
        faults.stream().map(fault -> new FieldError("configuration", fault)).toList(),
        Map.of());
  }

  public static Refusal unsupportedGrantType() {
    return new Refusal(
        400, "unsupported_grant_type", "GrantType value must be client_credentials!", Map.of());
  }

  public static Refusal notFound() {
    return new Refusal(404, "not_found", "There is nothing at this path", Map.of());
  }

  public static Refusal methodNotAllowed(String method, Set<String> allowed) {
    String allow = String.join(", ", allowed);
    return new Refusal(
        405,
        "method_not_allowed",
        "The method " + Excerpt.of(method) + " is not allowed here; allowed are " + allow,
        Map.of("Allow", allow));
  }

  public static Refusal preconditionFailed() {
    return new Refusal(
        412,
        "precondition_failed",
        "The settings are not those that the request's condition names; nothing was saved",
        Map.of());
  }

  public static Refusal tooLarge(int limit) {
    return new Refusal(
        413,
        "payload_too_large",
        "The body has more than the " + limit + " bytes that are allowed",
        Map.of());
  }

  public static Refusal unsupportedMediaType(String text, Map<String, String> fields) {
    return new Refusal(415, "unsupported_media_type", text, fields);
  }

  public static Refusal tooManyAttempts(Duration retryAfter) {
    long seconds = secondsOf(retryAfter);
    return new Refusal(
        429,
        "too_many_requests",
        "Too many failed attempts! Try again in " + seconds + " seconds.",
        Map.of("Retry-After", Long.toString(seconds)));
  }

  /** There are as many calls that wait as there may be; of the user if the flag is set. */
  public static Refusal tooManyWaits(int limit, boolean ofUser) {
    return new Refusal(
        429,
        "too_many_requests",
        ofUser
            ? "There are "
                + limit
                + " calls of this user already that wait until an API is drained."
            : "There are "
                + limit
                + " calls at this admin node already that wait until an API is drained; try another one.",
        Map.of("Retry-After", Long.toString(secondsOf(STREAM_RETRY))));
  }

  /** There are as many event streams as there may be; of the user if the flag is set. */
  public static Refusal tooManyStreams(int limit, boolean ofUser) {
    return new Refusal(
        429,
        "too_many_requests",
        ofUser
            ? "There are "
                + limit
                + " event streams of this user already; close one that is not used any more."
            : "There are " + limit + " event streams at this admin node already; try another one.",
        Map.of("Retry-After", Long.toString(secondsOf(STREAM_RETRY))));
  }

  public static Refusal storeUnavailable() {
    return unavailable(
        "The store can not be reached or can not write now; nothing was saved", STORE_RETRY);
  }

  /**
   * There is no Retry-After, since a client that repeats the request automatically could make the
   * change twice.
   */
  public static Refusal unknownOutcome(String correlationId) {
    return new Refusal(
        503,
        "temporarily_unavailable",
        "The store was lost while it saved: the change is saved as a whole, or nothing of it is, and which of the two is not known. Look before you send it again: if it is saved, the audit of the API proxy has an entry with the correlationId "
            + correlationId,
        Map.of());
  }

  public static Refusal unavailable(String text, Duration retryAfter) {
    return new Refusal(
        503,
        "temporarily_unavailable",
        text,
        Map.of("Retry-After", Long.toString(secondsOf(retryAfter))));
  }

  public static Refusal unexpected() {
    return new Refusal(500, "server_error", "An unexpected error occurred", Map.of());
  }

  private static Refusal unauthorized(String text, String challenge) {
    return new Refusal(401, "unauthorized_client", text, Map.of("WWW-Authenticate", challenge));
  }

  private static long secondsOf(Duration time) {
    return Math.max(1, time.plusNanos(999_999_999).toSeconds());
  }

  /** The body of an error, for clients of both published generations. */
  private record Envelope(
      String status,
      String resultMessage,
      String error,
      @JsonProperty("error_description") String description,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    static Envelope of(String error, String text, List<FieldError> errors) {
      return new Envelope("FAILURE", text, error, text, errors);
    }
  }
}

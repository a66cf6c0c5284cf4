package dev.intermission.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a proxy answers with while it is in maintenance (contract section 2). A value that exists is
 * valid: its status can carry a body, and its message can be encoded in its content type's charset.
 *
 * @param enabled whether the proxy is in maintenance
 * @param httpStatusCode 200 to 599 without 204, 205 and 304
 * @param contentType sent byte for byte as written
 * @param message the body; may hold placeholders (contract section 3)
 * @param window from when until when it is closed while enabled
 * @param retryAfter when clients are asked to come back
 * @param headers further fields of the response
 * @param variants other forms of the response, for clients that ask for them
 * @param cors which pages of other origins may read the response
 * @param exemptions what stays open while the proxy is closed, and to whom
 */
public record MaintenanceSettings(
    boolean enabled,
    int httpStatusCode,
    ContentType contentType,
    String message,
    Window window,
    RetryAfter retryAfter,
    List<ResponseField> headers,
    List<Variant> variants,
    Cors cors,
    Exemptions exemptions) {

  /** The message of a proxy never configured. */
  public static final String DEFAULT_MESSAGE =
      "{\"fault\":{\"correlationId\":\"#CORRELATIONID#\",\"faultCode\":\"#FAULTCODE#\","
          + "\"faultString\":\"#FAULTMESSAGE#\",\"faultStatusCode\":\"#FAULTSTATUSCODE#\","
          + "\"responseFromApi\":\"#RESPONSEFROMAPI#\"}}";

  /** The settings of a proxy never configured. */
  public static final MaintenanceSettings DEFAULT =
      new MaintenanceSettings(
          false, 403, ContentType.parse("application/json; charset=utf-8"), DEFAULT_MESSAGE);

  /** Makes settings of the published fields alone. */
  public MaintenanceSettings(
      boolean enabled, int httpStatusCode, ContentType contentType, String message) {
    this(
        enabled,
        httpStatusCode,
        contentType,
        message,
        Window.NONE,
        RetryAfter.NONE,
        List.of(),
        List.of(),
        Cors.NONE,
        Exemptions.NONE);
  }

  /**
   * @throws InvalidSettingsException with every fault if a value is not allowed, or values do not
   *     fit each other
   */
  public MaintenanceSettings {
    List<FieldError> errors = new ArrayList<>();
    if (!isAllowedStatus(httpStatusCode)) {
      errors.add(new FieldError("httpStatusCode", statusNotAllowed(httpStatusCode)));
    }
    try {
      contentType.encode(message);
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("message", String.valueOf(e.getMessage())));
    }
    errors.addAll(window.faults());
    errors.addAll(retryAfter.faults());
    try {
      headers = ResponseField.together(headers);
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("headers", String.valueOf(e.getMessage())));
    }
    try {
      variants = Variant.together(variants);
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("variants", String.valueOf(e.getMessage())));
    }
    errors.addAll(cors.faults());
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(errors);
    }
  }

  /** Returns whether the proxy is closed at this time. */
  public boolean isClosedAt(Instant now) {
    return enabled && window.isClosedAt(now);
  }

  /** Returns these settings with another window. */
  public MaintenanceSettings withWindow(Window other) {
    return new MaintenanceSettings(
        enabled,
        httpStatusCode,
        contentType,
        message,
        other,
        retryAfter,
        headers,
        variants,
        cors,
        exemptions);
  }

  /** Returns these settings with another time for clients to come back. */
  public MaintenanceSettings withRetryAfter(RetryAfter other) {
    return new MaintenanceSettings(
        enabled,
        httpStatusCode,
        contentType,
        message,
        window,
        other,
        headers,
        variants,
        cors,
        exemptions);
  }

  /** Returns these settings with other fields of the response. */
  public MaintenanceSettings withHeaders(List<ResponseField> others) {
    return new MaintenanceSettings(
        enabled,
        httpStatusCode,
        contentType,
        message,
        window,
        retryAfter,
        others,
        variants,
        cors,
        exemptions);
  }

  /** Returns these settings with other variants of the response. */
  public MaintenanceSettings withVariants(List<Variant> others) {
    return new MaintenanceSettings(
        enabled,
        httpStatusCode,
        contentType,
        message,
        window,
        retryAfter,
        headers,
        others,
        cors,
        exemptions);
  }

  /** Returns these settings with this response, and no variants of it. */
  public MaintenanceSettings withResponse(int status, ContentType type, String body) {
    return new MaintenanceSettings(
        enabled, status, type, body, window, retryAfter, headers, List.of(), cors, exemptions);
  }

  /** Returns these settings with other origins whose pages may read the response. */
  public MaintenanceSettings withCors(Cors other) {
    return new MaintenanceSettings(
        enabled,
        httpStatusCode,
        contentType,
        message,
        window,
        retryAfter,
        headers,
        variants,
        other,
        exemptions);
  }

  /** Returns these settings with other exemptions. */
  public MaintenanceSettings withExemptions(Exemptions others) {
    return new MaintenanceSettings(
        enabled,
        httpStatusCode,
        contentType,
        message,
        window,
        retryAfter,
        headers,
        variants,
        cors,
        others);
  }

  /** Returns these settings as a maintenance ends: without its window, and the share it admits. */
  public MaintenanceSettings atEndOfMaintenance() {
    return withWindow(Window.NONE).withExemptions(exemptions.withAdmitPercent(0));
  }

  /**
   * Returns these settings as a maintenance begins with them: without the window of another one
   * that is over, which must not strike now.
   */
  public MaintenanceSettings withoutPassedWindow(Instant now) {
    return window.hasEnded(now) ? withWindow(Window.NONE) : this;
  }

  /** Returns whether a maintenance response may have this status. */
  public static boolean isAllowedStatus(int status) {
    return status >= 200 && status <= 599 && status != 204 && status != 205 && status != 304;
  }

  /** Returns what to tell an operator who asked for this status. */
  public static String statusNotAllowed(Object found) {
    return "is "
        + found
        + "; allowed are 200 to 599 without 204, 205 and 304, which cannot carry a body";
  }
}

package dev.intermission.api.trafficlog;

import static dev.intermission.api.trafficlog.LogRegion.REQUEST_FROM_CLIENT;
import static dev.intermission.api.trafficlog.LogRegion.REQUEST_TO_TARGET;
import static dev.intermission.api.trafficlog.LogRegion.RESPONSE_FROM_TARGET;
import static dev.intermission.api.trafficlog.LogRegion.RESPONSE_TO_CLIENT;

/** The parts of messages that are logged, each with a switch of its own. */
public enum LogPart {
  PARAM_REQUEST_FROM_CLIENT("logParamRequestFromClient", REQUEST_FROM_CLIENT, Kind.PARAM),
  HEADER_REQUEST_FROM_CLIENT("logHeaderRequestFromClient", REQUEST_FROM_CLIENT, Kind.HEADER),
  BODY_REQUEST_FROM_CLIENT("logBodyRequestFromClient", REQUEST_FROM_CLIENT, Kind.BODY),
  PARAM_REQUEST_TO_TARGET("logParamRequestToTarget", REQUEST_TO_TARGET, Kind.PARAM),
  HEADER_REQUEST_TO_TARGET("logHeaderRequestToTarget", REQUEST_TO_TARGET, Kind.HEADER),
  BODY_REQUEST_TO_TARGET("logBodyRequestToTarget", REQUEST_TO_TARGET, Kind.BODY),
  HEADER_RESPONSE_FROM_TARGET("logHeaderResponseFromTarget", RESPONSE_FROM_TARGET, Kind.HEADER),
  BODY_RESPONSE_FROM_TARGET("logBodyResponseFromTarget", RESPONSE_FROM_TARGET, Kind.BODY),
  HEADER_RESPONSE_TO_CLIENT("logHeaderResponseToClient", RESPONSE_TO_CLIENT, Kind.HEADER),
  BODY_RESPONSE_TO_CLIENT("logBodyResponseToClient", RESPONSE_TO_CLIENT, Kind.BODY);

  /** What of a message it is. */
  public enum Kind {
    /** The parameters of the query. */
    PARAM,
    /** The header fields. */
    HEADER,
    /** The content. */
    BODY
  }

  private final String field;
  private final LogRegion region;
  private final Kind kind;

  LogPart(String field, LogRegion region, Kind kind) {
    this.field = field;
    this.region = region;
    this.kind = kind;
  }

  /** Returns the name of its switch, as in {@code logBodyRequestFromClient}. */
  public String field() {
    return field;
  }

  /** Returns the message that it is a part of. */
  public LogRegion region() {
    return region;
  }

  /** Returns what of the message it is. */
  public Kind kind() {
    return kind;
  }

  /** Returns whether it is logged where nobody has said: bodies are not. */
  public boolean byDefault() {
    return kind != Kind.BODY;
  }
}

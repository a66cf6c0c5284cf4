package dev.intermission.gateway.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The error body of a listener for requests that neither an API nor the management API answers. */
public enum ErrorBody {
  /** The envelope of the management API (contract section 1). */
  ADMIN {
    @Override
    ObjectNode of(Fault fault, String correlationId) {
      return JSON.createObjectNode()
          .put("status", "FAILURE")
          .put("resultMessage", fault.text())
          .put("error", fault.code().toLowerCase(Locale.ROOT))
          .put("error_description", fault.text());
    }
  },
  /** The fault of the default maintenance message (contract section 3). */
  TRAFFIC {
    @Override
    ObjectNode of(Fault fault, String correlationId) {
      ObjectNode body = JSON.createObjectNode();
      body.putObject("fault")
          .put("correlationId", correlationId)
          .put("faultCode", fault.code())
          .put("faultString", fault.text())
          .put("faultStatusCode", String.valueOf(fault.status()))
          .put("responseFromApi", "");
      return body;
    }
  };

  private static final ObjectMapper JSON = new JsonMapper();

  /** The type of these bodies. */
  public static final String CONTENT_TYPE = "application/json;charset=UTF-8";

  abstract ObjectNode of(Fault fault, String correlationId);

  /** Returns the text of the body, in JSON. */
  public String text(Fault fault, String correlationId) {
    return of(fault, correlationId).toString();
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.util.function.Function;

/** The settings that a command asks for, which may depend on what there is. */
interface WantedSettings {

  /** Returns the fields to change of one API proxy with these saved settings. */
  ObjectNode of(JsonNode saved);

  /**
   * Returns the fields to change of many API proxies, for which null keeps a field.
   *
   * @param saved reads the saved settings of a proxy, which takes a call
   */
  ObjectNode of(Selected selected, Function<ProxyName, JsonNode> saved);

  /** Tells whether all are to be closed as soon as it is deployed. */
  default boolean closesNow() {
    return false;
  }
}

package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The settings that a command asks for, which may depend on what there is. */
interface WantedSettings {

  /** Returns the fields to change of one API proxy with these saved settings. */
  ObjectNode of(JsonNode saved);

  /** Returns the fields to change of many API proxies, for which null keeps a field. */
  ObjectNode of(Selected selected);

  /** Tells whether all are to be closed as soon as it is deployed. */
  default boolean closesNow() {
    return false;
  }
}

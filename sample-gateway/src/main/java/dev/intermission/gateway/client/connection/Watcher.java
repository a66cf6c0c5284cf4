package dev.intermission.gateway.client.connection;

import com.fasterxml.jackson.databind.JsonNode;

/** Hears what a stream of events tells, on the thread that follows it. */
public interface Watcher {

  /** Hears that an admin node tells events from now on. */
  void following(String node);

  /** Hears that an admin node is lost; another one, or the same, is tried. */
  void lost(String node, String why);

  /** Hears an event of the contract's section 9. */
  void event(String name, JsonNode data);
}

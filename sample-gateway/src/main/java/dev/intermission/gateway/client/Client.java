package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.Screen;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the process
 * @param zone the zone of times that are given and shown without one
 */
public record Client(Map<String, String> environment, Screen screen, Clock clock, ZoneId zone) {

  /** Copies the map. */
  public Client {
    environment = Map.copyOf(environment);
  }
}

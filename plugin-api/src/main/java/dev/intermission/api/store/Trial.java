package dev.intermission.api.store;

import java.util.List;
import java.util.Objects;

/**
 * What a change of a proxy would have done; nothing of it was kept.
 *
 * @param outcome what the change returned
 * @param before how the proxy stands
 * @param after how it would stand
 */
public record Trial<T>(T outcome, State before, State after) {

  public Trial {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }

  /**
   * How a proxy stands at one moment.
   *
   * @param saved its saved settings
   * @param deployed its status in each environment, ordered by name
   */
  public record State(SavedSettings saved, List<DeploymentStatus> deployed) {

    public State {
      Objects.requireNonNull(saved, "saved");
      deployed = List.copyOf(deployed);
    }
  }
}

package dev.intermission.json;

import dev.intermission.api.trafficlog.TrafficLogSettings;

/** Makes a mapper of Jackson write and read the settings of a traffic log, all of their fields. */
public final class TrafficLogModule extends FormModule<TrafficLogSettings> {

  private static final long serialVersionUID = 1L;

  /** Makes a module. */
  public TrafficLogModule() {
    super(TrafficLogSettings.class, "trafficLog", TrafficLogJson::write, TrafficLogJson.FORM::read);
  }
}

package dev.intermission.json;

import dev.intermission.api.trace.TraceSettings;

/** Makes a mapper of Jackson write and read trace settings, those of their fields that are used. */
public final class TraceModule extends FormModule<TraceSettings> {

  private static final long serialVersionUID = 1L;

  /** Makes a module. */
  public TraceModule() {
    super(TraceSettings.class, "trace", TraceSettingsJson::write, TraceSettingsJson.FORM::read);
  }
}

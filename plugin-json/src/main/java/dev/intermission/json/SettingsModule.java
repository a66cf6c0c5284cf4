package dev.intermission.json;

import dev.intermission.api.MaintenanceSettings;

/**
 * Makes a mapper of Jackson write and read settings in their {@link SettingsJson form}. It writes
 * the published fields always, since a reader of the first format requires them, and others where
 * they are used; it reads what {@link JsonForm#read} reads.
 */
public final class SettingsModule extends FormModule<MaintenanceSettings> {

  private static final long serialVersionUID = 1L;

  /** Makes a module. */
  public SettingsModule() {
    super(
        MaintenanceSettings.class,
        "settings",
        SettingsJson.FORM::writePublished,
        SettingsJson.FORM::read);
  }
}

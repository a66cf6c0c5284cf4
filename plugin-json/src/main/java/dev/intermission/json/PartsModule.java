package dev.intermission.json;

import dev.intermission.api.ProxyParts;

/**
 * Makes a mapper of Jackson write and read the parts of a proxy in their {@link PartsJson form}.
 */
public final class PartsModule extends FormModule<ProxyParts> {

  private static final long serialVersionUID = 1L;

  /** Makes a module. */
  public PartsModule() {
    super(ProxyParts.class, "parts", PartsJson::write, PartsJson::read);
  }
}

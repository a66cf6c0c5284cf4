package dev.intermission.store;

/** The version of the schema that this program makes; a migration that comes new raises it. */
final class NewestSchema {

  static final int VERSION = 12;

  private NewestSchema() {}
}

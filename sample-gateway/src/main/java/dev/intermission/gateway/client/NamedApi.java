package dev.intermission.gateway.client;

import picocli.CommandLine.Parameters;

/** The one API proxy that a command is about. */
final class NamedApi {

  @Parameters(
      index = "0",
      paramLabel = "API",
      description = "An API as PROJECT/NAME, or as NAME where that is clear.")
  String name = "";
}

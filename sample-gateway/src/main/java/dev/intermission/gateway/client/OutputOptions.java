package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.Output;
import picocli.CommandLine.Option;

/** How a command tells its result. */
final class OutputOptions {

  @Option(
      order = 106,
      names = "--json",
      description = "Prints one JSON object, and nothing else, on standard output.")
  boolean json;

  @Option(
      order = 107,
      names = {"-q", "--quiet"},
      description = "Prints nothing but warnings and failures.")
  boolean quiet;

  Output output(Client client) {
    return new Output(client.screen(), json, quiet, client.environment());
  }
}

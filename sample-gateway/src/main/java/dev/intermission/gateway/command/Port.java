package dev.intermission.gateway.command;

import dev.intermission.gateway.config.ListenerConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port, so that one that there can't be is a fault of the command line. */
final class Port implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= ListenerConfig.MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "found '%s', allowed are 0 to %d".formatted(text, ListenerConfig.MAX_PORT));
  }
}

package dev.intermission.gateway.command;

import dev.intermission.feed.node.AdminAddress;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of an admin node, and tells a fault without what may be a password. */
final class FeedUrl implements ITypeConverter<URI> {

  @Override
  public URI convert(String text) {
    try {
      return AdminAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

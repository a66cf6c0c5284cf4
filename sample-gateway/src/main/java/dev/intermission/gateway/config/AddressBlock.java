package dev.intermission.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin with the same bits, in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 *
 * @param network the first address of the block
 * @param bits how many bits an address shares with it
 */
public record AddressBlock(InetAddress network, int bits) {

  /** Digits, dots and colons only, so that no name is looked up for it. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /**
   * @throws IllegalArgumentException if the address has not that many bits
   */
  public AddressBlock {
    int most = network.getAddress().length * Byte.SIZE;
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "found a prefix of " + bits + " bits, allowed are 0 to " + most);
    }
  }

  /**
   * Returns the block that the text says: {@code 10.0.0.0/8}, or one address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      if (ADDRESS.matcher(address).matches()) {
        InetAddress network = InetAddress.getByName(address);
        return new AddressBlock(
            network,
            slash < 0
                ? network.getAddress().length * Byte.SIZE
                : Integer.parseInt(text.substring(slash + 1)));
      }
    } catch (UnknownHostException | NumberFormatException e) {
      throw none(text, e);
    }
    throw none(text, null);
  }

  private static IllegalArgumentException none(String text, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "found '" + text + "', allowed is an address or a block such as 10.0.0.0/8 or fd00::/8",
        cause);
  }

  /** Returns whether an address is in the block. */
  public boolean contains(InetAddress address) {
    byte[] own = network.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += Byte.SIZE) {
      int shared = Math.min(Byte.SIZE, bits - bit);
      int different = (own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & 0xff;
      if (different >> (Byte.SIZE - shared) != 0) {
        return false;
      }
    }
    return true;
  }
}

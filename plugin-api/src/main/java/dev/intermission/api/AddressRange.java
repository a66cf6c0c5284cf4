package dev.intermission.api;

import org.jspecify.annotations.Nullable;

/**
 * An IP address, or all that begin with the same bits in CIDR notation (RFC 4632, RFC 4291 section
 * 2.3), kept as it was written. A range of IPv6 holds no address of IPv4. Immutable.
 */
public final class AddressRange {

  private static final String ALLOWED =
      "; allowed is an IP address or a block such as 10.0.0.0/8 or fd00::/8";

  private final String value;
  private final IpAddress first;
  private final IpAddress last;

  private AddressRange(String value, IpAddress first, IpAddress last) {
    this.value = value;
    this.first = first;
    this.last = last;
  }

  /**
   * Reads one address, or an address and behind a slash the number of bits that those of the range
   * begin with. Looks no name up.
   *
   * @throws IllegalArgumentException with a message for the operator if the text is something else,
   *     or if the address has a bit behind those, since one can't know then which range is meant
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          text.indexOf('%') < 0
              ? "is no IP address" + ALLOWED
              : "has a zone, which means something on one machine only" + ALLOWED);
    }
    // A mapped address of IPv4 may be written with the bits of either.
    int before = text.indexOf(':') < 0 ? IpAddress.BITS_BEFORE_IPV4 : 0;
    int bits = slash < 0 ? IpAddress.BITS : before + bits(text, slash, IpAddress.BITS - before);
    IpAddress network = address.network(bits);
    if (!network.equals(address)) {
      throw new IllegalArgumentException(
          "has bits behind its first "
              + (bits - before)
              + "; allowed is the first address of the block, "
              + network
              + "/"
              + (network.isIpv4() ? bits - IpAddress.BITS_BEFORE_IPV4 : bits));
    }
    return new AddressRange(text, network, network.lastOfNetwork(bits));
  }

  private static int bits(String text, int slash, int most) {
    String digits = text.substring(slash + 1);
    int bits = digits.matches("0|[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : most + 1;
    if (bits > most) {
      throw new IllegalArgumentException(
          "has no number of bits behind its slash; allowed are 0 to " + most);
    }
    return bits;
  }

  /** Returns the text as it was written. */
  public String value() {
    return value;
  }

  /** Returns the first address. */
  public IpAddress first() {
    return first;
  }

  /** Returns the last address. */
  public IpAddress last() {
    return last;
  }

  /** Returns whether all are addresses of IPv4. */
  public boolean isIpv4() {
    return first.isIpv4() && last.isIpv4();
  }

  /** Returns whether an address is in the range. */
  public boolean contains(IpAddress address) {
    return address.isIpv4() == isIpv4()
        && first.compareTo(address) <= 0
        && address.compareTo(last) <= 0;
  }

  /** Equal if both were written with the same characters. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddressRange that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.intermission.feed.node;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The address of an admin node's listener: {@code http://host:port} or {@code https://host:port}.
 * Messages about a refused address contain nothing that may be a password or a token.
 */
public final class AdminAddress {

  private static final int MAX_PORT = 65_535;

  private AdminAddress() {}

  /**
   * Returns the address that the text says.
   *
   * @throws IllegalArgumentException if it is not allowed; the message says why
   */
  public static URI parse(String text) {
    try {
      return require(new URI(text));
    } catch (URISyntaxException e) {
      // Neither the text nor the exception, which quotes it.
      throw text.contains("@") ? withUser() : refused("");
    }
  }

  /**
   * Returns the address if it is allowed.
   *
   * @throws IllegalArgumentException if it is not; the message says why
   */
  static URI require(URI address) {
    if (address.toString().contains("@")) {
      throw withUser();
    }
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    boolean bare =
        String.valueOf(address.getRawPath()).matches("/?")
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    String authority = String.valueOf(address.getRawAuthority());
    if (http && address.getHost() == null && authority.indexOf('_') >= 0) {
      throw new IllegalArgumentException(
          "the admin node's address 'http://"
              + authority
              + "' has an underscore in its name, which is not allowed here; give its IP address or another name");
    }
    if (!http || address.getHost() == null || !bare || address.getPort() > MAX_PORT) {
      throw refused(
          address.getRawAuthority() == null
              ? ""
              : " '" + address.getScheme() + "://" + address.getRawAuthority() + "...'");
    }
    return address;
  }

  private static IllegalArgumentException withUser() {
    return new IllegalArgumentException(
        "the admin node's address has a user or a password before an '@', which is not allowed; write http://host:port or https://host:port");
  }

  private static IllegalArgumentException refused(String shown) {
    return new IllegalArgumentException(
        "the admin node's address"
            + shown
            + " is not allowed; write http://host:port or https://host:port");
  }
}

package dev.intermission.gateway.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Locale;

/** Explains why a listener can't use an address, and what to do. */
final class BindFault {

  private static final int FIRST_FREE_PORT = 1024;

  private BindFault() {}

  /**
   * Returns the reason. It is found out here, since the message of the system may be in any
   * language.
   */
  static String reason(String host, int port, String option, Exception e) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isAnyLocalAddress()
          && !address.isLoopbackAddress()
          && NetworkInterface.getByInetAddress(address) == null) {
        return "no interface of this machine has the address "
            + address.getHostAddress()
            + ". Give one that it has, or 0.0.0.0 for all, with "
            + option.replace("port", "host");
      }
    } catch (UnknownHostException unknownHost) {
      return "the name '"
          + host
          + "' has no address. Give an address of this machine with "
          + option.replace("port", "host");
    } catch (IOException ioException) {
      e.addSuppressed(ioException);
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (port > 0
        && port < FIRST_FREE_PORT
        && String.valueOf(cause.getMessage()).contains("ermission")) {
      return "ports below 1024 need a right that this user has not. Give another port with "
          + option
          + ", or the process the capability CAP_NET_BIND_SERVICE";
    }
    return String.format(
        Locale.ROOT,
        "%s. Find what uses it with 'ss -ltnp sport = :%d' and stop it, or give another port with %s",
        cause.getMessage(),
        port,
        option);
  }
}

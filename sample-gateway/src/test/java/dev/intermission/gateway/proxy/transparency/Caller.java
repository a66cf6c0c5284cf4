package dev.intermission.gateway.proxy.transparency;

import java.io.IOException;

/** A client of the gateway that speaks one protocol. */
interface Caller extends AutoCloseable {

  /** Sends the request of an exchange, and returns the response as it came. */
  Message call(Exchanged exchanged) throws IOException;

  @Override
  void close() throws IOException;
}

package dev.intermission.trafficlog.delivery;

import java.io.IOException;
import java.util.List;

/** Where records end up. One thread at a time uses it. */
interface Sink extends AutoCloseable {

  /**
   * Takes records, each a JSON object in UTF-8. If it fails, it gets the same ones again later.
   *
   * @throws RefusedException if it will never take these
   * @throws IOException if it can't take them now
   * @throws InterruptedException if it is told to end meanwhile
   */
  void write(List<byte[]> records) throws IOException, InterruptedException;

  /** Ends it. Whatever it has open is closed. */
  @Override
  void close();
}

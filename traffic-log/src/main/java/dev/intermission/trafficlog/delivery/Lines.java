package dev.intermission.trafficlog.delivery;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Records as JSON lines. */
final class Lines {

  private Lines() {}

  static byte[] of(List<byte[]> records) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] record : records) {
      lines.writeBytes(record);
      lines.write('\n');
    }
    return lines.toByteArray();
  }
}

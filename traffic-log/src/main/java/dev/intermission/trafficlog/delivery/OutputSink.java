package dev.intermission.trafficlog.delivery;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes JSON lines to the standard output of the process. */
final class OutputSink implements Sink {

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  @Override
  public void write(List<byte[]> records) throws IOException {
    out.write(Lines.of(records));
  }

  /** Leaves it open: it belongs to the process. */
  @Override
  public void close() {}
}

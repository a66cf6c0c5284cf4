package dev.intermission.trafficlog.delivery;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes JSON lines to the standard output of the process, which several of these may share. */
final class OutputSink implements Sink {

  private final OutputStream out = new FileOutputStream(FileDescriptor.out);

  @Override
  public void write(List<byte[]> records) throws IOException {
    byte[] lines = Lines.of(records);
    // One write of ours is several of the system, and there is one output for all.
    synchronized (FileDescriptor.out) {
      out.write(lines);
    }
  }

  /** Leaves it open: it belongs to the process. */
  @Override
  public void close() {}
}

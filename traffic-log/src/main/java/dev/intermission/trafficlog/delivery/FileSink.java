package dev.intermission.trafficlog.delivery;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.FileSize;
import dev.intermission.runtime.OwnerOnly;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON lines to a file that rolls, by Logback's policy. Only the owner can read the files.
 * Logback's appender goes on after a failure as if nothing was, so it is thrown away then, and made
 * anew for what comes next.
 */
final class FileSink implements Sink {

  private static final String ROLLED = ".%d{yyyy-MM-dd, UTC}.%i";

  private final LogTarget.RollingFile file;
  private @Nullable Open open;

  FileSink(LogTarget.RollingFile file) {
    this.file = file;
  }

  /** An appender with what tells of its failures, and what keeps other writers off its file. */
  private record Open(
      Context context,
      RollingFileAppender<byte[]> appender,
      AtomicReference<String> failure,
      PathLock lock) {

    void stop() {
      appender.stop();
      ((ContextBase) context).stop();
    }

    void close() {
      stop();
      lock.close();
    }
  }

  @Override
  public void write(List<byte[]> records) throws IOException {
    if (open != null && !Files.exists(file.path())) {
      close();
    }
    if (open == null) {
      open = open();
    }
    FileMark before = FileMark.of(file.path());
    open.appender.doAppend(Lines.of(records));
    String failure = open.failure.get();
    if (failure != null || !open.appender.isStarted()) {
      open.stop();
      before.takeBack();
      close();
      throw new IOException(failure == null ? "the file was closed" : failure);
    }
  }

  private Open open() throws IOException {
    Path folder = file.path().toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    ContextBase context = new ContextBase();
    AtomicReference<String> failure = new AtomicReference<>();
    context
        .getStatusManager()
        .add(
            status -> {
              if (status.getEffectiveLevel() == Status.ERROR) {
                failure.compareAndSet(null, text(status));
              }
            });
    RollingFileAppender<byte[]> appender = appender(context);
    Open opened = new Open(context, appender, failure, PathLock.of(file.path()));
    opened.appender.start();
    if (failure.get() != null || !opened.appender.isStarted()) {
      opened.close();
      throw new IOException(failure.get() == null ? "it can't be opened" : failure.get());
    }
    return opened;
  }

  private static String text(Status status) {
    Throwable cause = status.getThrowable();
    return cause == null ? status.getMessage() : status.getMessage() + ": " + cause.getMessage();
  }

  private RollingFileAppender<byte[]> appender(Context context) {
    RollingFileAppender<byte[]> appender = new OwnersFile();
    appender.setContext(context);
    appender.setName(file.path().toString());
    appender.setFile(file.path().toString());
    SizeAndTimeBasedRollingPolicy<byte[]> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file.path() + ROLLED);
    policy.setMaxFileSize(megabytes(file.maxFileMegabytes()));
    policy.setMaxHistory(file.maxDays());
    policy.setTotalSizeCap(megabytes(file.maxTotalMegabytes()));
    policy.start();
    appender.setRollingPolicy(policy);
    appender.setEncoder(new AsIs(context));
    return appender;
  }

  private static FileSize megabytes(int count) {
    return new FileSize((long) count << 20);
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  /** An appender whose files have the mode 0600. */
  private static final class OwnersFile extends RollingFileAppender<byte[]> {

    @Override
    public void openFile(String name) throws IOException {
      Path path = Path.of(name);
      OwnerOnly.create(path);
      if (Files.isRegularFile(path)) {
        OwnerOnly.tighten(List.of(path));
      }
      super.openFile(name);
    }
  }

  /** Writes bytes as they are. */
  private static final class AsIs extends EncoderBase<byte[]> {

    AsIs(Context context) {
      setContext(context);
      start();
    }

    @Override
    public byte[] headerBytes() {
      return new byte[0];
    }

    @Override
    public byte[] encode(byte[] event) {
      return event;
    }

    @Override
    public byte[] footerBytes() {
      return new byte[0];
    }
  }
}

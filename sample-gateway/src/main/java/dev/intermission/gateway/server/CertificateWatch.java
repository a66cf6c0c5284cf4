package dev.intermission.gateway.server;

import dev.intermission.gateway.config.TlsConfig;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Puts a listener's certificate in force for new connections when its files change. A change counts
 * when two looks in a row find the same, since certificate and key are replaced one after the
 * other. Files that can't be used change nothing, and are told once.
 */
final class CertificateWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final SslContextFactory.Server inUse;
  private final BackgroundLoop loop;

  // Guarded by this: the loop looks, and a reload may name other files.
  private TlsConfig files;
  private List<ByteBuffer> tried;
  private List<ByteBuffer> seen;

  /**
   * Makes a watch that does not look yet.
   *
   * @param inUse what has the certificate
   * @param files where it was read
   */
  CertificateWatch(SslContextFactory.Server inUse, TlsConfig files) {
    this.inUse = inUse;
    this.files = files;
    tried = contents(files);
    seen = tried;
    loop =
        new BackgroundLoop(
            "certificate-watch",
            LOG,
            new BackgroundLoop.Texts(
                "The files of a certificate can't be watched", "Certificates are watched again"),
            new Backoff(BETWEEN_LOOKS, LONGEST_PAUSE),
            this::look);
  }

  /** Begins to look; to be called once. */
  void start() {
    loop.start();
  }

  /**
   * Reads a certificate, and returns what puts it in force, and watches its files from then on.
   *
   * @throws ListenException if it can't be used
   */
  Runnable prepare(TlsConfig next) {
    List<ByteBuffer> read = contents(next);
    Runnable change = Protocols.newCertificate(inUse, next);
    return () -> {
      change.run();
      synchronized (this) {
        files = next;
        tried = read;
        seen = read;
      }
    };
  }

  private void look(BackgroundLoop current) throws InterruptedException {
    Thread.sleep(BETWEEN_LOOKS.toMillis());
    if (isChanged()) {
      readAgain();
    }
    current.succeeded();
  }

  private synchronized boolean isChanged() {
    List<ByteBuffer> now = contents(files);
    boolean isSettled = now.equals(seen);
    seen = now;
    if (!isSettled || now.equals(tried)) {
      return false;
    }
    tried = now;
    return true;
  }

  private synchronized void readAgain() {
    // A line for each listener's, though both may change at once.
    Marker marker = MarkerFactory.getMarker(files.certificate().toString());
    try {
      prepare(files).run();
      LOG.info(
          marker,
          "The certificate {} was read again, since its files changed",
          files.certificate());
    } catch (ListenException e) {
      LOG.warn(
          marker,
          "The files of a certificate changed, and the one in use stays. {}",
          e.getMessage());
    }
  }

  private static List<ByteBuffer> contents(TlsConfig files) {
    return List.of(contents(files.certificate()), contents(files.privateKey()));
  }

  private static ByteBuffer contents(Path file) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      // Who uses the files tells why.
      return ByteBuffer.allocate(0);
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    loop.close();
  }
}

package dev.intermission.gate;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with some front before a gate, for each test. */
public abstract class FrontSetup {

  /** What serves requests; requests that pass the front are counted and answered 200 "open". */
  public interface Server {
    /** Returns the port of the loopback interface. */
    int port();

    /** Stops it. */
    void stop() throws Exception;
  }

  /** The gate's clock. */
  final SetClock clock = new SetClock("2026-07-01T10:00:00Z");

  final Gate gate = new Gate(GateOptions.DEFAULTS, clock);
  final AtomicInteger passed = new AtomicInteger();
  Server server = new NoServer();

  /** Starts a server with the front before the gate, which counts what passes. */
  protected abstract Server start(Gate gate, AtomicInteger passed) throws Exception;

  /** Sends a request with a Host and these field lines; by HTTP/1.1, on a connection of its own. */
  protected Wire.Reply exchange(int port, String method, String target, String... lines)
      throws Exception {
    return Wire.exchange(port, Wire.request(method, target, lines));
  }

  @BeforeEach
  void startServer() throws Exception {
    server = start(gate, passed);
  }

  @AfterEach
  void stopServer() throws Exception {
    server.stop();
    gate.close();
  }

  private static final class NoServer implements Server {
    @Override
    public int port() {
      throw new IllegalStateException("not started");
    }

    @Override
    public void stop() {}
  }
}

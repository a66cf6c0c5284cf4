package dev.intermission.gateway.proxy;

import dev.intermission.api.AddressRange;
import dev.intermission.api.BypassToken;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TokenHash;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.RunningTraffic;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.trafficlog.trace.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway whose proxy {@code /api} has an upstream that the test plays. */
abstract class ProxyFixture {

  /** Long enough for everything that is not meant to time out. */
  static final Duration LONG = Duration.ofSeconds(30);

  private ServerSocket server;
  private RunningTraffic gateway;

  /** Returns how long a client may be silent. */
  Duration clientIdle() {
    return LONG;
  }

  /** Returns what stands before the proxy. */
  Front front() {
    return Front.HANDLER;
  }

  /** Returns how long requests to a closed API may go on, or null. */
  @Nullable Duration drainTime() {
    return null;
  }

  /** Returns where the traffic log goes. */
  LogConfig log() {
    return LogConfig.NONE;
  }

  /** Returns whether clients may speak HTTP/2. */
  boolean http2() {
    return false;
  }

  /**
   * Returns how the gateway speaks to the upstream: over one connection at a time, so that a
   * request waits until the connection of the one before is free, and does not get another one.
   */
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, LONG, LONG, 1, false);
  }

  /** Returns who is believed about the clients before it. */
  AddressRange[] trusted() {
    return new AddressRange[0];
  }

  /** Returns the gateway's clock. */
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Returns what records requests. */
  Traces traces() {
    return new Traces(clock(), report -> {});
  }

  @BeforeEach
  void start() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    gateway =
        RunningTraffic.start(
            RunningGateway.trusting(
                RunningGateway.with(
                    RunningGateway.logging(
                        log(),
                        RunningGateway.draining(
                            drainTime(),
                            RunningGateway.behind(
                                front(),
                                RunningGateway.config(
                                    Path.of("unused"),
                                    RunningGateway.proxy(
                                        "A", "/api", "http://127.0.0.1:" + upstreamPort()))))),
                    traffic ->
                        new ListenerConfig(
                            traffic.host(),
                            0,
                            100,
                            ListenerConfig.TRAFFIC.maxHeaderBytes(),
                            clientIdle(),
                            LONG,
                            http2(),
                            traffic.tls()),
                    admin -> admin,
                    upstream -> upstream()),
                trusted()),
            clock(),
            traces());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    gateway.close();
  }

  int upstreamPort() {
    return server.getLocalPort();
  }

  int trafficPort() {
    return gateway.port();
  }

  /** Closes the proxy, or opens it. */
  void serve(boolean open) {
    gateway.serve(open);
  }

  /** Serves the proxy with these parts. */
  void serve(boolean open, ProxyParts parts) {
    gateway.serve(open, parts);
  }

  /** Closes all APIs but for requests with this token. */
  void closeButFor(String token) {
    gateway.serve(false, new ProxyParts(List.of(bypass(token))));
  }

  /** Returns what lets requests with this token in. */
  static BypassToken bypass(String token) {
    Instant now = Instant.now();
    return new BypassToken(
        "id", "", TokenHash.of(token), "admin", now, now.plus(Duration.ofHours(1)));
  }

  /** Returns what is counted of the proxy while it is closed. */
  ProxyCounts counts() {
    List<ProxyCounts> counted = gateway.counts().proxies();
    return counted.isEmpty() ? ProxyCounts.none(new ProxyId("MyProject", "A")) : counted.get(0);
  }

  /** Connects to the gateway as a client. */
  Peer client() throws IOException {
    return Peer.connect(gateway.port());
  }

  /** Waits for a connection of the gateway to the upstream. */
  Peer upstreamConnection() throws IOException {
    return Peer.accept(server);
  }

  /** Stops the gateway. */
  void stopGateway() {
    gateway.close();
  }

  /** Ends the upstream: nothing listens at its address any more. */
  void endUpstream() throws IOException {
    server.close();
  }
}
